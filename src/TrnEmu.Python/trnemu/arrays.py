"""The caller's arrays: read in without copying where possible, given back in the kind they came in."""

from struct import calcsize

from . import dtypes, values, views
from .errors import warn_once

_FORMATS = {"f": "float32", "e": "float16", "i": "int32", "l": "int32", "I": "uint32", "L": "uint32", "h": "int16",
            "H": "uint16", "b": "int8", "B": "uint8", "?": "bool"}
_NARROWED = {"float64": dtypes.float32, "int64": dtypes.int32, "uint64": dtypes.uint32}


class Array:
    """Values on the host, for callers without numpy: shape, dtype, and the bytes in row-major order."""

    def __init__(self, shape, dtype, data):
        self.shape = tuple(shape)
        self.dtype = dtypes.of(dtype)
        self.data = data if isinstance(data, bytearray) else bytearray(data)

    def tolist(self):
        """Nested lists of numbers."""
        rows = self.flat()
        for extent in reversed(self.shape[1:]):
            rows = [rows[i:i + extent] for i in range(0, len(rows), extent)]
        return rows

    def flat(self):
        """The numbers in row-major order."""
        return values.decode(self.dtype, self.data)

    def __getitem__(self, key):
        value = self.tolist()
        for k in key if isinstance(key, tuple) else (key,):
            value = value[k]
        return value

    def __len__(self):
        return self.shape[0]

    def __repr__(self):
        return f"trnemu.array({self.tolist() if views.product(self.shape) <= 64 else '…'}, {self.dtype})"


def array(data, dtype=dtypes.float32, shape=None):
    """An Array of nested lists (or of a flat list with a shape), rounded to the type."""
    if shape is None:
        shape, probe = [], data
        while isinstance(probe, (list, tuple)):
            shape.append(len(probe))
            probe = probe[0] if probe else 0
        flat = data
        for _ in shape[1:]:
            flat = [v for row in flat for v in row]
    else:
        flat = data
    dtype = dtypes.of(dtype)
    if views.product(shape) != len(flat):
        raise ValueError(f"{len(flat)} values for shape {list(shape)}")
    return Array(shape, dtype, values.encode(dtype, flat))


class Host:
    """One array of the caller: its type, shape and bytes, and how to give results back in its kind."""

    def __init__(self, value, kind, dtype, shape, data, update):
        self.value, self.kind, self.dtype, self.shape, self.data, self._update = value, kind, dtype, shape, data, update

    def update(self, data):
        """Puts new bytes in place of the old ones."""
        self._update(data)


def host_of(value):
    """The value as an array of the host; None when it is none."""
    if isinstance(value, Array):
        def update(data):
            value.data[:] = data
        return Host(value, "list", value.dtype, value.shape, value.data, update)
    module = type(value).__module__.partition(".")[0]
    if module == "numpy" and not hasattr(value, "__setitem__"):
        return None  # a number of numpy's
    if module == "torch" and hasattr(value, "numel"):
        return _torch(value)
    if hasattr(value, "__array_interface__") or (module in ("jax", "jaxlib") and hasattr(value, "shape")):
        return _numpy(value, "numpy")
    if isinstance(value, (bytes, bytearray, str)):
        return None
    try:
        return _buffer(value, memoryview(value))
    except TypeError:
        return None


def give_back(kind, dtype, shape, data):
    """Bytes as an array of that kind."""
    if kind == "torch":
        return _to_torch(dtype, shape, data)
    if kind == "numpy":
        return _to_numpy(dtype, shape, data)
    return Array(shape, dtype, data)


def _buffer(value, view):
    name = _FORMATS.get(view.format.lstrip("@=<"))
    if name is None or (view.format[-1] in "lL" and view.itemsize != 4):
        name = _widened(view.format, view.itemsize)
    dtype = dtypes.of(name)
    if dtype is None:
        raise TypeError(f"{view.format} is no type of the chip")

    def update(data):
        if not view.readonly:
            view.cast("B")[:] = data
    return Host(value, "list", dtype, tuple(view.shape), view.tobytes(), update)


def _widened(format_, itemsize):
    return None if itemsize != calcsize(format_) else _FORMATS.get(format_)


def _numpy(value, kind):
    import numpy as np

    source = np.asarray(value)
    name = source.dtype.name
    dtype = dtypes.of(name)
    if dtype is None and name in _NARROWED:
        dtype = _NARROWED[name]
        warn_once(("narrowed", name), f"an argument is {name}, which the chip does not have: it is taken as {dtype}")
        dense = np.ascontiguousarray(source.astype(str(dtype)))
    elif dtype is None:
        return None
    else:
        dense = np.ascontiguousarray(source)

    def update(data):
        if isinstance(value, np.ndarray) and value.flags.writeable:
            value[...] = np.frombuffer(bytes(data), dtype=dense.dtype).reshape(dense.shape).astype(value.dtype)
    shape = dense.shape if source.ndim else (1,)
    return Host(value, kind, dtype, tuple(int(n) for n in shape), dense.tobytes(), update)


def _to_numpy(dtype, shape, data):
    import numpy as np

    name = str(dtype)
    if name in ("float32", "float16", "int32", "uint32", "int16", "uint16", "int8", "uint8", "bool"):
        return np.frombuffer(bytes(data), dtype=name).reshape(shape).copy()
    try:
        import ml_dtypes

        kind = np.dtype(getattr(ml_dtypes, name))
    except (ImportError, AttributeError, TypeError):
        kind = None
    if kind is not None and kind.itemsize == dtype.itemsize:
        return np.frombuffer(bytes(data), dtype=kind).reshape(shape).copy()
    if dtype.kind == "x":
        return np.frombuffer(bytes(data), dtype={4: "uint32", 2: "uint16"}[dtype.itemsize]).reshape(shape).copy()
    return np.array(values.decode(dtype, data), dtype="float32").reshape(shape)


def _torch(value):
    import torch

    name = str(value.dtype).removeprefix("torch.")
    dtype = dtypes.of(name)
    dense = value.detach().cpu().contiguous()
    if dtype is None and name in _NARROWED:
        dtype = _NARROWED[name]
        warn_once(("narrowed", name), f"an argument is {name}, which the chip does not have: it is taken as {dtype}")
        dense = dense.to(getattr(torch, str(dtype), torch.int32))
    elif dtype is None:
        return None

    def update(data):
        with torch.no_grad():
            value.copy_(_to_torch(dtype, tuple(dense.shape), data))
    raw = dense.reshape(-1).view(torch.uint8) if dense.numel() else dense
    try:
        data = raw.numpy().tobytes()
    except RuntimeError:
        data = bytes(raw.tolist())
    return Host(value, "torch", dtype, tuple(dense.shape) or (1,), data, update)


def _to_torch(dtype, shape, data):
    import torch

    name = {"float8_e4m3": "float8_e4m3fn_none"}.get(str(dtype), str(dtype))
    kind = getattr(torch, name, None)
    if kind is None:
        return torch.tensor(values.decode(dtype, data), dtype=torch.float32).reshape(shape)
    return torch.frombuffer(bytearray(data), dtype=kind).reshape(shape)
