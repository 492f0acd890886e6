"""New tensors."""

from struct import pack

from . import dtypes, frames, regions, session
from .errors import fail
from .storage import Storage
from .tensor import NkiTensor

_SPACES = {"hbm": 0, "sbuf": 1, "psum": 2}
_INTERNAL, _INPUT, _OUTPUT, _INOUT, _CONSTANT = range(5)
_WIDE = {
    d: dtypes.DType(str(d), 0, 4, "fp32", "f")
    for d in (dtypes.bfloat16, dtypes.float16, dtypes.float8_e4m3, dtypes.float8_e4m3fn, dtypes.float8_e5m2)
}


def ndarray(shape, dtype, buffer=regions.sbuf, name="", address=None, **old):
    """A new tensor of that shape and type; ``address`` = (partition, byte) places it, else the compiler does."""
    if old:
        raise fail(f"ndarray: {', '.join(old)} is no parameter of this dialect")
    run = session.current()
    region = regions.of(buffer)
    if region is None:
        raise fail(f"ndarray: buffer is {buffer!r}, must be nl.sbuf, nl.psum, nl.hbm, nl.private_hbm or nl.shared_hbm")
    shape, dtype = _shape(shape), _dtype(run, dtype)
    if region is regions.shared_hbm and run.cores > 1:
        return _shared(run, shape, dtype, region, name)
    return NkiTensor._of(_make(run, shape, dtype, region, name, _address(address, region)))


def given(run, shape, dtype, name, data):
    """A tensor in HBM that holds the caller's data."""
    region = regions.shared_hbm if run.cores > 1 else regions.hbm
    dtype = wide(run, dtype)
    tensor = NkiTensor._of(_make(run, tuple(shape), dtype, region, name, None, _INPUT))
    tensor._storage.is_kept = True
    run.write(tensor, data)
    return tensor


def constant(run, shape, dtype, name, data):
    """A tensor in HBM of fixed values, shared by all cores."""
    dtype = wide(run, dtype)
    tensor = NkiTensor._of(_make(run, tuple(shape), dtype, regions.shared_hbm, name, None, _CONSTANT))
    tensor._storage.is_kept = True
    run.write(tensor, data)
    return tensor


def wide(run, dtype):
    """The type that a tensor is stored in: without precise arithmetic, fp32 in place of narrower floats."""
    return dtype if run.is_precise else _WIDE.get(dtype, dtype)


def _make(run, shape, dtype, region, name, address, role=_INTERNAL):
    frame = frames.user_frame(2)
    label = str(name or frames.assigned_name(frame))
    text = label.encode()[:200]
    partition, byte = address or (0, 0)
    file, line = run.place(frame)
    record = pack(
        f"<BBBBBB{len(shape)}iiiB", _SPACES[region.space], dtype.code, run.core, role,
        (1 if address else 0) | (2 if region is regions.shared_hbm else 0),
        len(shape), *shape, partition, byte, len(text))
    number = run.tensor(record + text + pack("<ii", file, line))
    storage = Storage(number, region, shape, dtype, name or "", run, run.core, address)
    storage.label = label
    storage.is_kept = bool(run.loops[run.core])
    return storage


def _shared(run, shape, dtype, region, name):
    """The k-th shared tensor that a core makes is the k-th of the others."""
    index = run.shared_count[run.core]
    run.shared_count[run.core] += 1
    if index == len(run.shared):
        storage = _make(run, shape, dtype, region, name, None)
        storage.is_kept = True
        run.shared.append(storage)
    storage = run.shared[index]
    if storage.shape != shape or storage.dtype != dtype:
        raise fail(
            f"ndarray: shared tensor {index + 1} is {dtype}{list(shape)} on core {run.core} and "
            f"{storage.dtype}{list(storage.shape)} on core {storage.core}: all cores must make the same ones")
    return NkiTensor._of(storage)


def _shape(shape):
    if type(shape) is not tuple:
        shape = tuple(shape) if isinstance(shape, (tuple, list)) else (shape,)
    elements = 1
    for extent in shape:
        if type(extent) is not int:
            return _shape(_whole(shape))
        if not 1 <= extent < 1 << 31:
            elements = 0
        elements *= extent
    if not 1 <= len(shape) <= 8 or elements == 0:
        raise fail(f"ndarray: shape {list(shape)}: 1 to 8 dimensions of 1 to {(1 << 31) - 1} elements")
    if elements >= 1 << 62:
        raise fail(f"ndarray: shape {list(shape)} has {elements} elements: too many for any memory")
    return shape


def _whole(shape):
    try:
        return tuple(int(n.__index__()) for n in shape)
    except (AttributeError, TypeError):
        raise fail(f"ndarray: shape {shape!r} is no tuple of integers") from None


def _dtype(run, dtype):
    found = dtypes.of(dtype)
    if found is None:
        raise fail(f"ndarray: dtype is {dtype!r}, expected an element type such as nl.float32")
    return wide(run, found)


def _address(address, region):
    if address is None:
        return None
    if not region.is_on_chip:
        raise fail("ndarray: address is given for a tensor in HBM, it is for SBUF and PSUM")
    try:
        partition, byte = (int(n.__index__()) for n in address)
    except (AttributeError, TypeError, ValueError):
        raise fail(f"ndarray: address is {address!r}, expected (partition, byte)") from None
    if not (0 <= partition < 1 << 31 and 0 <= byte < 1 << 31):
        raise fail(f"ndarray: address ({partition}, {byte}) must not be negative")
    return partition, byte
