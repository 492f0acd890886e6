"""Products and transposes on the Tensor engine, and other rearrangements."""

from .. import dtypes
from ..errors import fail
from ..regions import psum, sbuf
from . import _tiles, isa

_COLUMNS = 512
_BLOCK = 32


def matmul(x, y, transpose_x=False):
    """x @ y, or x.T @ y with transpose_x, in PSUM as fp32: nc_matmul, 512 columns at a time, after a transpose of x.

    Each element is a chain of fused multiply-adds in fp32 over ascending k. Where one operand is fp32, the other is
    converted to it.
    """
    name = "nl.matmul"
    for tile, label in ((x, "x"), (y, "y")):
        if _tiles.tile(tile, name, label).ndim != 2:
            raise fail(f"{name}: {label} has shape {list(tile.shape)}, must have 2 dimensions")
    if x.shape[0 if transpose_x else 1] != y.shape[0]:
        raise fail(
            f"{name}: x is {list(x.shape)}, y is {list(y.shape)}: dimension {0 if transpose_x else 1} of x and "
            "dimension 0 of y are summed over and must be equal")
    if dtypes.float32 in (x.dtype, y.dtype):
        x, y = _tiles.cast(x, dtypes.float32), _tiles.cast(y, dtypes.float32)
    stationary = _tiles.in_sbuf(x if transpose_x else transpose(x))
    moving = _tiles.in_sbuf(y)
    result = _tiles.new((stationary.shape[1], y.shape[1]), dtypes.float32, psum)
    for start in range(0, y.shape[1], _COLUMNS):
        part = slice(start, min(start + _COLUMNS, y.shape[1]))
        isa.nc_matmul(dst=result[:, part], stationary=stationary, moving=moving[:, part], accumulate=False)
    return result


def transpose(x, dtype=None):
    """x with its two dimensions exchanged, in PSUM: bits are kept.

    On the Tensor engine; 8-bit elements, and integers on generation 2, on Vector in blocks of 32 x 32.
    """
    name = "nl.transpose"
    dtype = _tiles.element_type(dtype, _tiles.tile(x, name).dtype, name)
    if x.ndim != 2:
        raise fail(f"{name}: x has shape {list(x.shape)}, must have 2 dimensions")
    result = _tiles.new((x.shape[1], x.shape[0]), x.dtype, psum)
    if x.dtype.itemsize > 1 and (x.dtype.kind == "f" or _tiles.generation() > 2):
        isa.nc_transpose(dst=result, data=_tiles.in_sbuf(x), engine=isa.engine.tensor)
    else:
        _transpose_blocks(result, x)
    return _tiles.cast(result, dtype, psum)


def _transpose_blocks(result, x):
    rows, columns = x.shape
    for row in range(0, rows, _BLOCK):
        for column in range(0, columns, _BLOCK):
            here = slice(row, min(row + _BLOCK, rows)), slice(column, min(column + _BLOCK, columns))
            isa.nc_transpose(dst=result[here[1], here[0]], data=x[here[0], here[1]], engine=isa.engine.vector)


def broadcast_to(x, shape, dtype=None):
    """x repeated along its dimensions of one element, in a tile of its own; x itself where nothing changes."""
    name = "nl.broadcast_to"
    dtype = _tiles.element_type(dtype, _tiles.tile(x, name).dtype, name)
    shape = tuple(int(n) for n in shape)
    if len(shape) != x.ndim or any(old not in (1, new) for old, new in zip(x.shape, shape)):
        raise fail(
            f"{name}: x is {list(x.shape)}, shape is {list(shape)}: it must have as many dimensions, and only those of "
            "one element can grow")
    return _tiles.cast(x, dtype) if x.shape == shape else _tiles.copied(_tiles.spread(x, shape), dtype)


def expand_dims(x, axis):
    """A view of x with a dimension of one element at axis."""
    if not _tiles.is_tile(x):
        raise fail(f"nl.expand_dims: x is {x!r}, must be a tensor")
    axis = axis.__index__()
    return x.expand_dim(axis + x.ndim + 1 if axis < 0 else axis)


def where(condition, x, y, dtype=None):
    """x where condition is not 0, else y; numbers stand for tiles, and the three shapes are made equal."""
    name = "nl.where"
    operands = [v for v in (x, y) if _tiles.is_tile(v)]
    tiles = [_tiles.tile(condition, name, "condition")] + [
        _tiles.tile(v, name, n) for v, n in ((x, "x"), (y, "y")) if _tiles.is_tile(v)]
    default = operands[0].dtype if operands else condition.dtype
    if len(operands) == 2:
        default = default if dtype is not None else _tiles.common_type(x.dtype, y.dtype, name)
    dtype = _tiles.element_type(dtype, default, name)
    shape = _tiles.common_shape(name, *tiles)
    result = _tiles.new(shape, dtype)
    if _tiles.is_tile(y):
        isa.tensor_copy(dst=result, src=_tiles.spread(y, shape))
    else:
        isa.memset(dst=result, value=_tiles.number(y, name, "y"))
    source = _tiles.spread(_tiles.cast(x, dtype), shape) if _tiles.is_tile(x) else _tiles.number(x, name, "x")
    isa.tensor_copy_predicated(dst=result, src=source, predicate=_tiles.spread(_predicate(condition), shape))
    return result


def _predicate(condition):
    """1 where it is not 0, as unsigned integers in SBUF."""
    from ._elementwise import not_equal

    if condition.dtype in (dtypes.uint8, dtypes.uint16, dtypes.uint32) and condition.buffer is sbuf:
        return condition
    return not_equal(condition, 0.0, dtypes.uint8)


def gather_flattened(data, indices, axis=0, dtype=None):
    """result[p, i] = data[p, indices[p, i]], the free dimensions of data counted through as one: nc_n_gather."""
    name = "nl.gather_flattened"
    dtype = _tiles.element_type(dtype, _tiles.tile(data, name, "data").dtype, name)
    _tiles.tile(indices, name, "indices")
    if axis not in (0, 1):
        raise fail(f"{name}: axis is {axis!r}, must be 0 or 1: elements are gathered along the free dimensions, as one")
    result = _tiles.new(indices.shape, data.dtype)
    isa.nc_n_gather(
        dst=result, data=_tiles.in_sbuf(data), indices=_tiles.in_sbuf(_tiles.cast(indices, dtypes.uint32)))
    return _tiles.cast(result, dtype)
