"""Whole parts, remainders and angles: sequences of instructions, in fp32."""

import math

from .. import dtypes
from . import _tiles, isa
from . import _elementwise as ew
from . import _functions as f
from ._ops import operator

# Every fp32 number from here on is whole.
_WHOLE = float(1 << 23)

# 2 pi in three parts, of which the first two have 8 and 11 bits: their products with up to 2^13 turns are exact.
_TURN = (6.28125, 0.0019350051879882812, 3.019915981956753e-07)


def floor(x, dtype=None):
    """The largest whole number that is not above x: x to the nearest one, less 1 where that is above."""
    return _whole("nl.floor", x, dtype, lambda v: _floor(v))


def ceil(x, dtype=None):
    """The smallest whole number that is not below x: -floor(-x)."""
    return _whole("nl.ceil", x, dtype, lambda v: f.negative(_floor(f.negative(v))))


def trunc(x, dtype=None):
    """x without its fraction: floor(|x|) with the sign of x."""
    return _whole("nl.trunc", x, dtype, lambda v: _with_sign_of(v, _floor(f.abs(v))))


def fmod(x, y, dtype=None):
    """x - y trunc(x / y), which has the sign of x: in fp32, exact where y trunc(x / y) has at most 24 bits."""
    return _remainder("nl.fmod", x, y, dtype, lambda v, w: _with_sign_of(v, _positive_remainder(f.abs(v), f.abs(w))))


def mod(x, y, dtype=None):
    """x - y floor(x / y): the sign is that of y; exact as fmod is."""
    return _remainder("nl.mod", x, y, dtype, _floored_remainder)


@operator
def sin(x, dtype=None):
    """sin x to 1e-6 for |x| below 50,000: x less whole turns (2 pi in three parts), then the Scalar engine."""
    x, dtype = _angle("nl.sin", x, dtype)
    return f._activation(sin, _reduced(x), dtype)


@operator
def arctan(x, dtype=None):
    """arctan x of every x: that of min(|x|, 1 / |x|) by the Scalar engine; its difference to pi / 2 where |x| > 1."""
    x, dtype = _angle("nl.arctan", x, dtype)
    magnitude = f.abs(x)
    inverse = f.reciprocal(ew.maximum(magnitude, 1.0))
    angle = f._activation(arctan, ew.minimum(magnitude, inverse), None)
    is_steep = ew.greater(magnitude, 1.0)
    # t + is_steep (pi / 2 - 2 t)
    rest = _tiles.new(x.shape, dtypes.float32)
    isa.tensor_scalar(dst=rest, data=angle, op0=ew.multiply, operand0=-2.0, op1=ew.add, operand1=math.pi / 2)
    angle = ew.add(angle, ew.multiply(rest, is_steep))
    return _tiles.cast(_with_sign_of(x, angle), dtype)


def cos(x, dtype=None):
    """cos x = sin(pi / 2 - |r|), r being x less whole turns."""
    x, dtype = _angle("nl.cos", x, dtype)
    return f._activation(sin, _complement(_reduced(x)), dtype)


def tan(x, dtype=None):
    """sin x (1 / cos x)."""
    x, dtype = _angle("nl.tan", x, dtype)
    reduced = _reduced(x)
    return ew.divide(f._activation(sin, reduced, None), f._activation(sin, _complement(reduced), None), dtype)


def _angle(name, x, dtype):
    return f.wide(_tiles.tile(x, name)), _tiles.element_type(dtype, x.dtype, name)


def _reduced(x):
    """x less the nearest number of turns, within [-pi, pi]."""
    turns = _tiles.new(x.shape, dtypes.int32)
    isa.tensor_scalar(dst=turns, data=x, op0=ew.multiply, operand0=1 / math.tau)
    for part in _TURN:
        rest = _tiles.new(x.shape, dtypes.float32)
        isa.scalar_tensor_tensor(
            dst=rest, data=turns, op0=ew.multiply, operand0=-part, op1=ew.add, operand1=x)
        x = rest
    result = _tiles.new(x.shape, dtypes.float32)
    isa.tensor_scalar(
        dst=result, data=x, op0=ew.minimum, operand0=math.pi, op1=ew.maximum, operand1=-math.pi)
    return result


def _complement(x):
    """pi / 2 - |x|"""
    result = _tiles.new(x.shape, dtypes.float32)
    isa.tensor_scalar(
        dst=result, data=x, op0=f.abs, operand0=0.0, op1=ew.subtract, operand1=math.pi / 2, reverse1=True)
    return result


def _whole(name, x, dtype, function):
    dtype = _tiles.element_type(dtype, _tiles.tile(x, name).dtype, name)
    if x.dtype.kind in "ib":
        return _tiles.copied(x, dtype)
    return _tiles.cast(function(f.wide(x)), dtype)


def _floor(x):
    """Through int32, whose conversion rounds to nearest; what is too large for that, and NaN, stays."""
    result = _tiles.copied(_tiles.copied(x, dtypes.int32), dtypes.float32)
    is_small = _tiles.new(x.shape, dtypes.uint8)
    isa.tensor_scalar(dst=is_small, data=x, op0=f.abs, operand0=0.0, op1=ew.less, operand1=_WHOLE)
    isa.tensor_copy_predicated(dst=result, src=_tiles.in_sbuf(x), predicate=is_small, reverse_pred=True)
    return ew.subtract(result, ew.greater(result, x))


def _with_sign_of(x, magnitude):
    """magnitude, or its negative where x is below 0."""
    direction = _tiles.new(x.shape, dtypes.float32)
    isa.tensor_scalar(dst=direction, data=x, op0=ew.less, operand0=0.0, op1=ew.multiply, operand1=-2.0)
    result = _tiles.new(x.shape, dtypes.float32)
    isa.scalar_tensor_tensor(
        dst=result, data=direction, op0=ew.add, operand0=1.0, op1=ew.multiply, operand1=_tiles.in_sbuf(magnitude))
    return result


def _remainder(name, x, y, dtype, function):
    default = ew.result_type(name, x, y, dtype)
    x, y = (v if _tiles.is_tile(v) else _tiles.number(v, name, n) for v, n in ((x, "x"), (y, "y")))
    tiles = [_tiles.tile(v, name, n) for v, n in ((x, "x"), (y, "y")) if _tiles.is_tile(v)]
    shape = _tiles.common_shape(name, *tiles)
    x, y = (
        _tiles.spread(f.wide(v) if _tiles.is_tile(v) else _tiles.constant_column(
            v, shape[0], dtypes.float32, len(shape)), shape) for v in (x, y))
    return _tiles.cast(function(_tiles.in_sbuf(x), _tiles.in_sbuf(y)), default)


def _positive_remainder(x, y):
    """The remainder of two magnitudes; the quotient may be one too large or too small."""
    rest = ew.subtract(x, ew.multiply(y, _floor(ew.divide(x, y))))
    rest = ew.add(rest, ew.multiply(y, ew.less(rest, 0.0)))
    return ew.subtract(rest, ew.multiply(y, ew.greater_equal(rest, y)))


def _floored_remainder(x, y):
    """The truncated remainder, plus y where its sign is not that of y."""
    rest = _with_sign_of(x, _positive_remainder(f.abs(x), f.abs(y)))
    differs = ew.less(ew.multiply(f.sign(rest), f.sign(y)), 0.0)
    return ew.add(rest, ew.multiply(y, differs))

