"""What the functions of nki.language share: their operands, and how shapes and types meet."""

from operator import index

from .. import dtypes, session
from ..allocation import ndarray
from ..errors import fail
from ..regions import psum, sbuf
from ..tensor import NkiTensor
from . import isa

QUADRANT = 32
_FLOATS = (
    dtypes.float32, dtypes.tfloat32, dtypes.float16, dtypes.bfloat16, dtypes.float8_e4m3fn, dtypes.float8_e4m3,
    dtypes.float8_e5m2)
_INTEGERS = (dtypes.int32, dtypes.uint32, dtypes.int16, dtypes.uint16, dtypes.int8, dtypes.uint8, dtypes.bool_)


def generation():
    """Generation of the chip that the kernel runs on."""
    return session.current().facts["generation"]


def is_tile(x):
    """True for a tensor."""
    return isinstance(x, NkiTensor)


def tile(x, function, name="x"):
    """``x``, which must be a tensor in SBUF or PSUM."""
    if not is_tile(x):
        raise fail(f"{function}: {name} is {x!r}, must be a tile in SBUF or PSUM")
    if not x.buffer.is_on_chip:
        raise fail(
            f"{function}: {name} is in HBM, must be a tile in SBUF or PSUM: bring it there with nl.load or "
            "nisa.dma_copy")
    return x


def in_hbm(x, function, name):
    """``x``, which must be a tensor in HBM."""
    if not is_tile(x) or x.buffer.is_on_chip:
        raise fail(f"{function}: {name} is {x!r}, must be a tensor in HBM")
    return x


def number(x, function, name):
    """``x``, which must be a number."""
    if isinstance(x, (int, float)):
        return x
    for convert in (index, float):
        try:
            return convert(x)
        except (TypeError, ValueError):
            pass
    raise fail(f"{function}: {name} is {x!r}, must be a tile or a number")


def element_type(dtype, default, function):
    """The type that ``dtype`` names; ``default`` where it is None."""
    if dtype is None:
        return default
    found = dtypes.of(dtype)
    if found is None:
        raise fail(f"{function}: dtype is {dtype!r}, expected an element type such as nl.float32")
    return found


def new(shape, dtype, buffer=sbuf):
    """A tile to be written."""
    return ndarray(tuple(shape), dtype, buffer)


def common_type(x, y, function):
    """The type that holds the values of both: floats before integers, then the wider; fp32 for halves of two kinds."""
    if x == y:
        return x
    for group in (_FLOATS, _INTEGERS):
        of_group = [t for t in (x, y) if t in group]
        if len(of_group) == 1 and (x in _INTEGERS or y in _INTEGERS):
            return of_group[0]
        if len(of_group) == 2:
            return _wider(x, y, group)
    raise fail(f"{function}: {x} and {y} have no common type: give dtype")


def _wider(x, y, group):
    # Without precise arithmetic a type is stored in more bytes than it has.
    a, b = (dtypes.of(str(t)).itemsize for t in (x, y))
    if a != b:
        return x if a > b else y
    if group is _FLOATS:
        return dtypes.float32 if a > 1 else dtypes.bfloat16
    return min(x, y, key=group.index)


def common_shape(function, *tiles):
    """The shape of which every tile has each extent, or 1."""
    if all(t.shape == tiles[0].shape for t in tiles):
        return tiles[0].shape
    rank = max(t.ndim for t in tiles)
    for t in tiles:
        if t.ndim != rank:
            raise fail(
                f"{function}: shapes {', '.join(str(list(u.shape)) for u in tiles)} have not the same number of "
                "dimensions: insert some of one element with expand_dim")
    shape = []
    for dim in range(rank):
        extents = {t.shape[dim] for t in tiles} - {1}
        if len(extents) > 1:
            raise fail(
                f"{function}: shapes {', '.join(str(list(u.shape)) for u in tiles)} do not fit: dimension {dim} has "
                f"{' and '.join(map(str, sorted(extents)))} elements, must be equal, or 1")
        shape.append(extents.pop() if extents else 1)
    return tuple(shape)


def spread(x, shape):
    """``x`` as that shape: free dimensions repeat by a stride of 0, one partition is copied into each of the others."""
    if x.shape == shape:
        return x
    if x.shape[0] != shape[0]:
        x = spread_partitions(x, shape[0])
    for dim in range(1, len(shape)):
        if x.shape[dim] != shape[dim]:
            x = x.broadcast(dim, shape[dim])
    return x


def spread_partitions(x, partitions):
    """A copy of one partition in each of ``partitions``: nc_stream_shuffle, quadrant by quadrant."""
    result = new((partitions,) + x.shape[1:], x.dtype)
    for start in range(0, partitions, QUADRANT):
        isa.nc_stream_shuffle(
            dst=result[start:min(start + QUADRANT, partitions)], src=x, shuffle_mask=[0] * QUADRANT)
    return result


def cast(x, dtype, buffer=sbuf):
    """``x`` where it has that type, else a converted copy."""
    return x if x.dtype == dtype else copied(x, dtype, buffer)


def in_sbuf(x):
    """``x`` where it is in SBUF, else a copy."""
    return x if x.buffer is sbuf else copied(x, x.dtype)


def not_both_in_psum(x, y):
    """``y``, or a copy of it in SBUF where both are in PSUM: an instruction reads one tensor there."""
    return in_sbuf(y) if x.buffer is psum and y.buffer is psum else y


def copied(x, dtype, buffer=sbuf):
    """A copy in another type or region."""
    result = new(x.shape, dtype, buffer)
    isa.tensor_copy(dst=result, src=x)
    return result


def constant_column(value, partitions, dtype, rank=2):
    """[partitions, 1, …] of one value."""
    result = new((partitions,) + (1,) * (rank - 1), dtype)
    isa.memset(dst=result, value=value)
    return result


def reduced_axes(x, axis, function):
    """The reduced axes as (first, shape that keeps them, shape without them)."""
    axes = [axis] if hasattr(axis, "__index__") else axis
    try:
        axes = sorted(a.__index__() + x.ndim if a.__index__() < 0 else a.__index__() for a in axes)
    except (AttributeError, TypeError):
        raise fail(f"{function}: axis is {axis!r}, must be an integer or a list of integers") from None
    first = x.ndim - len(axes)
    if not axes or first < 1 or axes != list(range(first, x.ndim)):
        raise fail(
            f"{function}: axis is {axis!r}, must be the last of the free dimensions 1 to {x.ndim - 1}, without gaps: "
            "dimension 0 counts partitions, which no such instruction crosses")
    kept = x.shape[:first] + (1,) * len(axes)
    return first, kept, x.shape[:first] if first > 1 else (x.shape[0], 1)
