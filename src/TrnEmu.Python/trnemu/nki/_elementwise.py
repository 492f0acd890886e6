"""Operators of two operands: one instruction each, on Vector or GpSimd."""

from .. import dtypes
from ..errors import fail
from . import _tiles, isa
from ._ops import operator

_WORDS = (dtypes.int32, dtypes.uint32)


@operator
def add(x, y, dtype=None):
    """x + y in fp32, rounded once to dtype; 32-bit integer tiles exactly, modulo 2^32."""
    return _arithmetic(add, x, y, dtype)


@operator
def subtract(x, y, dtype=None):
    """x - y in fp32, rounded once to dtype; 32-bit integer tiles exactly, modulo 2^32."""
    return _arithmetic(subtract, x, y, dtype)


@operator
def multiply(x, y, dtype=None):
    """x y in fp32, rounded once to dtype; 32-bit integer tiles exactly, modulo 2^32."""
    return _arithmetic(multiply, x, y, dtype)


@operator
def maximum(x, y, dtype=None):
    """The larger of x and y; NaN where one is NaN."""
    return _arithmetic(maximum, x, y, dtype)


@operator
def minimum(x, y, dtype=None):
    """The smaller of x and y; NaN where one is NaN."""
    return _arithmetic(minimum, x, y, dtype)


@operator
def abs_max(x, y, dtype=None):
    """x where |x| > |y|, else y, with its sign; from generation 4 on."""
    return _arithmetic(abs_max, x, y, dtype)


@operator
def abs_min(x, y, dtype=None):
    """x where |x| < |y|, else y, with its sign; from generation 4 on."""
    return _arithmetic(abs_min, x, y, dtype)


@operator
def equal(x, y, dtype=None):
    """1 where x = y, else 0, compared in fp32 (32-bit integer tiles exactly); dtype is the tile's unless given."""
    return _arithmetic(equal, x, y, dtype)


@operator
def not_equal(x, y, dtype=None):
    """1 where x and y differ or one is NaN, else 0."""
    return _arithmetic(not_equal, x, y, dtype)


@operator
def less(x, y, dtype=None):
    """1 where x < y, else 0."""
    return _arithmetic(less, x, y, dtype)


@operator
def less_equal(x, y, dtype=None):
    """1 where x <= y, else 0."""
    return _arithmetic(less_equal, x, y, dtype)


@operator
def greater(x, y, dtype=None):
    """1 where x > y, else 0."""
    return _arithmetic(greater, x, y, dtype)


@operator
def greater_equal(x, y, dtype=None):
    """1 where x >= y, else 0."""
    return _arithmetic(greater_equal, x, y, dtype)


@operator
def logical_and(x, y, dtype=None):
    """1 where neither x nor y is 0, else 0."""
    return _arithmetic(logical_and, x, y, dtype)


@operator
def logical_or(x, y, dtype=None):
    """1 where x or y is not 0, else 0."""
    return _arithmetic(logical_or, x, y, dtype)


@operator
def logical_xor(x, y, dtype=None):
    """1 where exactly one of x and y is not 0, else 0."""
    return _arithmetic(logical_xor, x, y, dtype)


@operator
def power(x, y, dtype=None):
    """x^y in fp32, rounded once to dtype, on GpSimd; 32-bit integers exactly, modulo 2^32."""
    x, y = _both_tiles("nl.power", x, y)
    shape = _tiles.common_shape("nl.power", x, y)
    result = _tiles.new(shape, result_type("nl.power", x, y, dtype))
    x, y = (_tiles.in_sbuf(_tiles.spread(v, shape)) for v in (x, y))
    isa.tensor_tensor(dst=result, data1=x, data2=y, op=power)
    return result


@operator
def bitwise_and(x, y, dtype=None):
    """The bits set in both integers."""
    return _bitwise(bitwise_and, x, y, dtype)


@operator
def bitwise_or(x, y, dtype=None):
    """The bits set in one or both integers."""
    return _bitwise(bitwise_or, x, y, dtype)


@operator
def bitwise_xor(x, y, dtype=None):
    """The bits set in one of the integers alone."""
    return _bitwise(bitwise_xor, x, y, dtype)


@operator
def left_shift(x, y, dtype=None):
    """The bits of x moved up by y, zeros below; 0 from a shift of 32 on."""
    return _bitwise(left_shift, x, y, dtype)


@operator
def right_shift(x, y, dtype=None):
    """The bits of x moved down by y, zeros above; 0 from a shift of 32 on."""
    return _bitwise(right_shift, x, y, dtype)


def divide(x, y, dtype=None):
    """x (1 / y), both steps in fp32: the chip has no division, so the last bit may differ from that of x / y."""
    if not _tiles.is_tile(y):
        y = _tiles.number(y, "nl.divide", "y")
        return multiply(x, 1 / y if y else float("inf"), dtype)
    inverse = _tiles.new(_tiles.tile(y, "nl.divide", "y").shape, dtypes.float32)
    isa.reciprocal(dst=inverse, data=y)
    default = _tiles.common_type(x.dtype, y.dtype, "nl.divide") if _tiles.is_tile(x) else y.dtype
    return multiply(x, inverse, default if dtype is None else dtype)


def _arithmetic(op, x, y, dtype):
    """tensor_scalar with a number or an fp32 column, else tensor_tensor."""
    name = f"nl.{op.__name__}"
    dtype = result_type(name, x, y, dtype)
    if not (_tiles.is_tile(x) and _tiles.is_tile(y)):
        return _with_number(op, x, y, dtype)
    _tiles.tile(x, name, "x"), _tiles.tile(y, name, "y")
    shape = _tiles.common_shape(name, x, y)
    result = _tiles.new(shape, dtype)
    for data, column, is_reversed in ((x, y, False), (y, x, True)):
        if data.shape == shape and _is_column(column, shape):
            isa.tensor_scalar(
                dst=result, data=data, op0=op, operand0=column.reshape((shape[0], 1)), reverse0=is_reversed)
            return result
    x, y = _tiles.spread(x, shape), _tiles.spread(y, shape)
    isa.tensor_tensor(dst=result, data1=x, data2=_tiles.not_both_in_psum(x, y), op=op)
    return result


def _with_number(op, x, y, dtype):
    name = f"nl.{op.__name__}"
    is_reversed = not _tiles.is_tile(x)
    data, value = (y, _tiles.number(x, name, "x")) if is_reversed else (x, _tiles.number(y, name, "y"))
    result = _tiles.new(_tiles.tile(data, name, "y" if is_reversed else "x").shape, dtype)
    isa.tensor_scalar(dst=result, data=data, op0=op, operand0=value, reverse0=is_reversed)
    return result


def _bitwise(op, x, y, dtype):
    """As _arithmetic, on integers of one type; dtype is a conversion of the result."""
    name = f"nl.{op.__name__}"
    common = result_type(name, x, y, None)
    for value, label in ((x, "x"), (y, "y")):
        kind = _tiles.tile(value, name, label).dtype if _tiles.is_tile(value) else None
        if kind is not None and kind.kind not in "ib":
            raise fail(f"{name}: {label} is {kind}, must be an integer type: it works on bits")
    if not (_tiles.is_tile(x) and _tiles.is_tile(y)):
        return _tiles.cast(_with_number(op, x, y, common), _tiles.element_type(dtype, common, name))
    shape = _tiles.common_shape(name, x, y)
    x, y = (_tiles.spread(_tiles.cast(v, common), shape) for v in (x, y))
    result = _tiles.new(shape, common)
    isa.tensor_tensor(dst=result, data1=x, data2=_tiles.not_both_in_psum(x, y), op=op)
    return _tiles.cast(result, _tiles.element_type(dtype, common, name))


def result_type(name, x, y, dtype):
    """dtype, else the type of the one tile, or the common one of both."""
    tiles = [v for v in (x, y) if _tiles.is_tile(v)]
    if not tiles:
        raise fail(f"{name}: x is {x!r} and y is {y!r}, at least one must be a tile")
    if dtype is not None:
        return _tiles.element_type(dtype, None, name)
    return tiles[0].dtype if len(tiles) == 1 else _tiles.common_type(x.dtype, y.dtype, name)


def _both_tiles(name, x, y):
    """The operands with a number made a column of the tile's type where that holds it, else of fp32."""
    result_type(name, x, y, None)
    if _tiles.is_tile(x) and _tiles.is_tile(y):
        return _tiles.tile(x, name, "x"), _tiles.tile(y, name, "y")
    data, value = (x, y) if _tiles.is_tile(x) else (y, x)
    _tiles.tile(data, name, "x" if data is x else "y")
    value = _tiles.number(value, name, "y" if data is x else "x")
    kind = data.dtype if data.dtype in _WORDS and isinstance(value, int) else dtypes.float32
    column = _tiles.constant_column(value, data.shape[0], kind, data.ndim)
    return (data, column) if data is x else (column, data)


def _is_column(x, shape):
    """One fp32 number for each partition: what tensor_scalar takes."""
    return x.dtype == dtypes.float32 and x.shape[0] == shape[0] and x.size == shape[0] and shape != x.shape
