"""Access patterns: [[stride, count], ...] over a storage, and their bytes for the core."""

from struct import Struct, pack

from . import views
from .dynamic import INDIRECT, NONE, REGISTER, SCALAR, VECTOR, integer
from .registers import VirtualRegister

_VIEW = 5
_MOST = 8
_STATIC = {rank: Struct(f"<BiBBiq{'iq' * rank}B").pack for rank in range(1, _MOST + 1)}


def view_of(tensor, pattern, offset=None, scalar_offset=None, vector_offset=None, indirect_dim=0, dtype=None):
    """The view that NkiTensor.ap makes, and what is wrong with its place, in words, or None."""
    new = tensor.dtype if dtype is None else tensor._dtype(dtype)
    try:
        pattern = [(int(step), int(count)) for step, count in pattern]
    except (TypeError, ValueError):
        raise tensor._no(f"ap: {pattern} is no access pattern, expected [[stride, count], ...]") from None
    if not pattern or any(count < 1 for _, count in pattern):
        raise tensor._no(f"ap: pattern {[list(p) for p in pattern]} has counts below 1, or none")
    if scalar_offset is not None and vector_offset is not None:
        raise tensor._no("ap: scalar_offset and vector_offset are given, at most one can be")
    start = tensor.offset * tensor.dtype.itemsize
    if start % new.itemsize:
        raise tensor._no(f"ap: the view begins at byte {start}, which is no whole element of {new}")
    start = start // new.itemsize + (0 if offset is None else integer(tensor, offset, 0))
    dynamic = None
    moved = scalar_offset if scalar_offset is not None else vector_offset
    if moved is not None:
        dim = tensor._dim(indirect_dim, "ap: indirect_dim")
        stride = tensor.strides[dim] * tensor.dtype.itemsize
        if vector_offset is not None and dim != 0:
            raise tensor._no(f"ap: vector_offset with indirect_dim {dim}, must be 0")
        if not isinstance(moved, VirtualRegister):
            tensor._check_index(moved, "ap")
        kind = VECTOR if vector_offset is not None else REGISTER if isinstance(moved, VirtualRegister) else SCALAR
        dynamic = (kind, moved, stride // new.itemsize, dim, 0)
    strides = tuple(s for s, _ in pattern)
    if tensor._is_on_chip and strides[0] * new.itemsize == _row_bytes(tensor) and 0 <= (offset or 0) < strides[0]:
        strides = (tensor._storage.row_bytes // new.itemsize,) + strides[1:]
    view = tensor._view(tensor._storage, tuple(c for _, c in pattern), strides, start, new, dynamic)
    return view, _beyond(view)


def _row_bytes(tensor):
    """Bytes that the view has in each partition."""
    return views.product(tensor.shape[1:]) * tensor.dtype.itemsize


def _beyond(tensor):
    """What a pattern addresses outside of its storage, in words; None when it does not."""
    storage, size = tensor._storage, tensor.dtype.itemsize
    row = storage.row_bytes
    if storage.buffer.is_on_chip:
        if tensor.shape[0] > 1 and tensor.strides[0] * size != row:
            raise tensor._no(
                f"ap: the first stride is {tensor.strides[0]}, must be {row / size:g}, the elements of a partition: "
                "partitions follow each other")
        first, offset = divmod(tensor.offset * size, row)
        if first < 0 or first + tensor.shape[0] > storage.shape[0]:
            last = first + tensor.shape[0] - 1
            return f"partitions {first} to {last} are addressed, the tensor has {storage.shape[0]}"
        return _beyond_extent(tensor, tensor.shape[1:], tensor.strides[1:], offset, row, "a partition of the storage")
    limit = row * storage.shape[0]
    return _beyond_extent(tensor, tensor.shape, tensor.strides, tensor.offset * size, limit, "the storage")


def _beyond_extent(tensor, shape, strides, offset, limit, what):
    if tensor._dynamic is not None:
        return None
    size = tensor.dtype.itemsize
    first, last = (sum(f(0, s * (n - 1)) for s, n in zip(strides, shape)) for f in (min, max))
    low, end = offset + first * size, offset + last * size + size
    if 0 <= low and end <= limit:
        return None
    return f"elements {low // size} to {end // size - 1} are addressed, {what} has {limit // size}"


def record_of(tensor):
    """The argument that a view is for the core."""
    storage, shape, strides = tensor._storage, tensor.shape, tensor.strides
    size = tensor.dtype.itemsize
    start, offset = 0, tensor.offset * size
    if storage.buffer.is_on_chip:
        row = storage.row_bytes
        if shape[0] > 1 and strides[0] * size != row:
            raise tensor._no(
                f"partitions {strides[0] * size / row:g} apart are addressed, must be 1 apart: "
                "operands are neighbouring partitions")
        start, offset = divmod(offset, row)
    rank = len(shape)
    if rank > _MOST:
        raise tensor._no(f"{rank} dimensions, limit {_MOST}")
    head = (_VIEW, storage.id, tensor.dtype.code, rank, start, offset)
    if tensor._dynamic is None and rank == 2:
        return _STATIC[2](*head, shape[0], strides[0], shape[1], strides[1], NONE)
    levels = [v for pair in zip(shape, strides) for v in pair]
    if tensor._dynamic is None:
        return _STATIC[rank](*head, *levels, NONE)
    return _STATIC[rank](*head, *levels, NONE)[:-1] + _dynamic_record(tensor)


def _dynamic_record(tensor):
    kind, source, stride, _, group = tensor._dynamic
    if kind == REGISTER:
        return pack("<Biiiqi", kind, source.number, 0, 0, stride, group)
    storage = source._storage
    partition, offset = divmod(source.offset * source.dtype.itemsize, storage.row_bytes)
    if (source.ndim > 2 and kind == INDIRECT
            or kind == VECTOR and source.size != source.shape[0]
            or kind == SCALAR and source.size != 1):
        raise tensor._no(f"the index has shape {list(source.shape)}, must be [{source.shape[0]}, 1]")
    return pack("<Biiiqi", kind, storage.id, partition, offset, stride, group)
