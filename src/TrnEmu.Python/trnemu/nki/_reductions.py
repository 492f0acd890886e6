"""Reductions along the last free dimensions, and the normalisations that are made of them."""

from .. import dtypes
from . import _tiles, isa
from . import _elementwise as ew
from . import _functions as f


def sum(x, axis, dtype=None, keepdims=False):
    """The sum over axis in fp32, rounded once to dtype."""
    return _reduce("nl.sum", ew.add, x, axis, dtype, keepdims)


def prod(x, axis, dtype=None, keepdims=False):
    """The product over axis in fp32, rounded once to dtype."""
    return _reduce("nl.prod", ew.multiply, x, axis, dtype, keepdims)


def max(x, axis, dtype=None, keepdims=False):
    """The largest element over axis; NaN where one is NaN."""
    return _reduce("nl.max", ew.maximum, x, axis, dtype, keepdims)


def min(x, axis, dtype=None, keepdims=False):
    """The smallest element over axis; NaN where one is NaN."""
    return _reduce("nl.min", ew.minimum, x, axis, dtype, keepdims)


def all(x, axis, dtype=None):
    """1 where no element over axis is 0, else 0."""
    return _reduce("nl.all", ew.logical_and, x, axis, dtype, False)


def mean(x, axis, dtype=None, keepdims=False):
    """The sum over axis times 1 / n, both in fp32."""
    dtype = _tiles.element_type(dtype, _tiles.tile(x, "nl.mean").dtype, "nl.mean")
    total = _reduce("nl.mean", ew.add, x, axis, dtypes.float32, keepdims)
    return ew.multiply(total, 1 / _count(x, axis, "nl.mean"), dtype)


def var(x, axis, dtype=None, keepdims=False):
    """The mean of (x - mean)^2 over axis, in fp32 and two passes; reduced axes are kept with one element."""
    name = "nl.var"
    dtype = _tiles.element_type(dtype, _tiles.tile(x, name).dtype, name)
    distance = ew.subtract(x, mean(x, axis, dtypes.float32, keepdims=True), dtypes.float32)
    return ew.multiply(sum(f.square(distance), axis, keepdims=True), 1 / _count(x, axis, name), dtype)


def softmax(x, axis=-1, dtype=None):
    """e^(x - max) / sum over axis: fp32 throughout, rounded once to dtype; the quotient is a product with 1 / sum."""
    name = "nl.softmax"
    dtype = _tiles.element_type(dtype, _tiles.tile(x, name).dtype, name)
    first, kept, _ = _tiles.reduced_axes(x, axis, name)
    powers = _tiles.new(x.shape, dtypes.float32)
    if first == 1:
        column = (x.shape[0], 1)
        largest, total = _tiles.new(column, dtypes.float32), _tiles.new(column, dtypes.float32)
        isa.tensor_reduce(dst=largest, op=ew.maximum, data=x, axis=_axes(x, first), negate=True)
        isa.activation_reduce(dst=powers, op=f.exp, data=x, reduce_op=ew.add, reduce_res=total, bias=largest)
        total = total.reshape(kept)
    else:
        distance = ew.subtract(x, max(x, axis, dtypes.float32, keepdims=True), dtypes.float32)
        isa.activation(dst=powers, op=f.exp, data=distance)
        total = sum(powers, axis, keepdims=True)
    return ew.multiply(powers, f.reciprocal(total), dtype)


def rms_norm(x, w, axis, n, epsilon=1e-06, dtype=None, compute_dtype=None):
    """x w / sqrt(sum of x^2 over axis / n + epsilon), in compute_dtype (fp32 unless given), rounded to dtype."""
    name = "nl.rms_norm"
    dtype = _tiles.element_type(dtype, _tiles.tile(x, name).dtype, name)
    between = _tiles.element_type(compute_dtype, dtypes.float32, name)
    _tiles.tile(w, name, "w")
    first, kept, _ = _tiles.reduced_axes(x, axis, name)
    if first == 1:
        total = _tiles.new((x.shape[0], 1), dtypes.float32)
        isa.activation_reduce(
            dst=_tiles.new(x.shape, dtypes.float32), op=f.square, data=x, reduce_op=ew.add, reduce_res=total)
        total = total.reshape(kept)
    else:
        total = sum(f.square(x, dtypes.float32), axis, keepdims=True)
    inverse = _tiles.new(kept, dtypes.float32)
    isa.activation(
        dst=inverse, op=f.rsqrt, data=total, scale=1 / _tiles.number(n, name, "n"),
        bias=_tiles.constant_column(_tiles.number(epsilon, name, "epsilon"), x.shape[0], dtypes.float32))
    return ew.multiply(ew.multiply(x, inverse, between), w, dtype)


def _reduce(name, op, x, axis, dtype, keepdims):
    dtype = _tiles.element_type(dtype, _tiles.tile(x, name).dtype, name)
    first, kept, without = _tiles.reduced_axes(x, axis, name)
    result = _tiles.new(kept if keepdims else without, dtype)
    isa.tensor_reduce(dst=result, op=op, data=x, axis=_axes(x, first), keepdims=bool(keepdims))
    return result


def _axes(x, first):
    return tuple(range(first, x.ndim))


def _count(x, axis, name):
    """Elements that make one."""
    count = 1
    for extent in x.shape[_tiles.reduced_axes(x, axis, name)[0]:]:
        count *= extent
    return count
