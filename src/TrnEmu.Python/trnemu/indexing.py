"""Indices of tensors: integers, slices, ``...``, nl.ds, registers and tensors of one element."""

from .dynamic import REGISTER, SCALAR, VECTOR, DynamicSlice, integer
from .registers import VirtualRegister


def view_at(tensor, key):
    """The view ``tensor[key]``."""
    if type(key) is not tuple:
        key = (key,)
    shape, strides, offset = tensor.shape, tensor.strides, tensor.offset
    rank = len(shape)
    if len(key) != rank:
        key = _filled(tensor, key, rank)
    new_shape, new_strides, dynamic = [], [], tensor._dynamic
    on_chip = tensor._storage.buffer.is_on_chip
    for dim in range(rank):
        k = key[dim]
        extent, stride = shape[dim], strides[dim]
        kind = type(k)
        if kind is slice:
            start, stop, step = k.start, k.stop, k.step
            if start is None and stop is None and step is None:
                new_shape.append(extent)
                new_strides.append(stride)
                continue
            if step is None and type(start) is int and type(stop) is int and 0 <= start < stop <= extent:
                offset += start * stride
                new_shape.append(stop - start)
                new_strides.append(stride)
            else:
                start, stop, step = _bounds(tensor, k, dim)
                offset += start * stride
                new_shape.append((stop - start + step - 1) // step)
                new_strides.append(stride * step)
        elif kind is int:
            if k < 0:
                k += extent
            if not 0 <= k < extent:
                raise tensor._no(f"index {key[dim]} of dimension {dim} is outside its {extent} elements")
            offset += k * stride
            if on_chip and dim == 0:
                new_shape.append(1)
                new_strides.append(stride)
        elif k is Ellipsis:
            if any(later is Ellipsis for later in key[dim + 1:]):
                raise tensor._no("... stands twice in the index")
            new_shape.append(extent)
            new_strides.append(stride)
        else:
            start, count, step, moved = _other(tensor, k, dim)
            if moved is not None:
                if dynamic is not None:
                    raise tensor._no("a second dynamic index is asked for, a view has at most one")
                if on_chip and dim == 0:
                    raise tensor._no("dimension 0 counts partitions and has no dynamic index")
                dynamic = (REGISTER if isinstance(moved, VirtualRegister) else SCALAR, moved, stride, dim, 0)
            offset += start * stride
            if count is None and on_chip and dim == 0:
                count = 1
            if count is not None:
                new_shape.append(count)
                new_strides.append(stride * step)
    if not new_shape or (on_chip and len(new_shape) == 1):
        new_shape.append(1)
        new_strides.append(strides[-1] if rank > 1 or not on_chip else 1)
    if tensor._dynamic is not None:
        _check_kept(tensor, key)
    return tensor._view(tensor._storage, tuple(new_shape), tuple(new_strides), offset, tensor.dtype, dynamic)


def _filled(tensor, key, rank):
    """The key with ``...`` and missing dimensions written out."""
    dots = [i for i, k in enumerate(key) if k is Ellipsis]
    if len(dots) > 1:
        raise tensor._no("... stands twice in the index")
    whole = slice(None)
    given = len(key) - len(dots)
    if given > rank:
        raise tensor._no(f"{given} indices, the tensor has {rank} dimensions")
    at = dots[0] if dots else len(key)
    return key[:at] + (whole,) * (rank - given) + key[at + len(dots):]


def _bounds(tensor, k, dim):
    extent = tensor.shape[dim]
    start, stop, step = (None if v is None else integer(tensor, v, dim) for v in (k.start, k.stop, k.step))
    step = 1 if step is None else step
    start = 0 if start is None else start + extent if start < 0 else start
    stop = extent if stop is None else stop + extent if stop < 0 else stop
    if step < 1:
        raise tensor._no(f"slice step {step} of dimension {dim}, must be at least 1")
    if not 0 <= start < stop <= extent:
        raise tensor._no(f"slice {_text(k)} of dimension {dim} is empty or outside its {extent} elements")
    return start, stop, step


def _other(tensor, k, dim):
    """Start, count, step and dynamic index of what is neither a plain integer nor a slice of them."""
    if isinstance(k, DynamicSlice):
        if _is_dynamic(k.start):
            if not 1 <= k.size <= tensor.shape[dim]:
                raise tensor._no(f"ds of {k.size} elements of dimension {dim}, which has {tensor.shape[dim]}")
            return 0, k.size, 1, k.start
        start = integer(tensor, k.start, dim)
        start += tensor.shape[dim] if start < 0 else 0
        if not (0 <= start and k.size >= 1 and start + k.size <= tensor.shape[dim]):
            raise tensor._no(
                f"ds({k.start}, {k.size}) of dimension {dim} is empty or outside its {tensor.shape[dim]} elements")
        return start, k.size, 1, None
    if _is_dynamic(k):
        return 0, None, 1, k
    index = integer(tensor, k, dim)
    index += tensor.shape[dim] if index < 0 else 0
    if not 0 <= index < tensor.shape[dim]:
        raise tensor._no(f"index {k} of dimension {dim} is outside its {tensor.shape[dim]} elements")
    return index, None, 1, None


def _check_kept(tensor, key):
    """The dimension that a vector of indices moves stays whole."""
    if tensor._dynamic[0] != VECTOR:
        return
    k = key[0]
    if not (isinstance(k, slice)
            and k.start in (None, 0) and k.stop in (None, tensor.shape[0]) and k.step in (None, 1)):
        raise tensor._no("dimension 0 has an index for each row: it can be neither sliced nor selected")


def _is_dynamic(index):
    """A register, or a tensor that holds the index."""
    return isinstance(index, VirtualRegister) or hasattr(index, "_record")


def _text(k):
    parts = ["" if v is None else str(v) for v in (k.start, k.stop)]
    return ":".join(parts) + ("" if k.step is None else f":{k.step}")
