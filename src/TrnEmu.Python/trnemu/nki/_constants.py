"""Tensors of fixed values, which lie in HBM when the kernel starts."""

import ast
from struct import unpack

from .. import arrays, dtypes, session, values
from ..allocation import constant as make
from ..allocation import wide
from ..errors import fail
from . import _tiles, isa
from ._functions import copy

_PARTITIONS = 128
_NPY = {"f4": "float32", "f2": "float16", "i4": "int32", "u4": "uint32", "i2": "int16", "u2": "uint16", "i1": "int8",
        "u1": "uint8", "b1": "bool"}


def shared_constant(constant, dtype=None):
    """A tensor in shared HBM with the values of an array, or of a .npy file; equal ones are one tensor.

    They are converted to dtype where that is given, as older dialects have it.
    """
    name = "nl.shared_constant"
    if isinstance(constant, (str, bytes)) or hasattr(constant, "__fspath__"):
        shape, kind, data = _read_file(constant)
    else:
        shape, kind, data = _contents(constant, f"{name}: constant", "an array, or the path of a .npy file")
    dtype = _tiles.element_type(dtype, kind, name)
    return _shared("constant", shape, dtype, data if dtype == kind else _converted(kind, dtype, data))


def static_cast(x, dtype):
    """A copy of a tile in another type; outside of kernels one of an array."""
    if _tiles.is_tile(x):
        return copy(x, dtype)
    name = "nl.static_cast"
    shape, kind, data = _contents(x, f"{name}: x", "a tile or an array")
    dtype = _tiles.element_type(dtype, kind, name)
    return arrays.give_back(arrays.host_of(x).kind, dtype, shape, bytearray(_converted(kind, dtype, data)))


def shared_identity_matrix(n, dtype=dtypes.uint8, dst=None):
    """The n x n identity in SBUF (in dst, where given), loaded from one in HBM that all of its size and type share."""
    name = "nl.shared_identity_matrix"
    dtype = _tiles.element_type(dtype, None, name)
    try:
        n = n.__index__()
    except AttributeError:
        raise fail(f"{name}: n is {n!r}, must be an integer") from None
    if not 1 <= n <= _PARTITIONS:
        raise fail(f"{name}: n is {n}, must be 1 to {_PARTITIONS}: a partition for each row")
    result = _tiles.new((n, n), dtype) if dst is None else _tiles.tile(dst, name, "dst")
    if result.shape != (n, n):
        raise fail(f"{name}: dst is {list(result.shape)}, must be [{n}, {n}]")
    if result.dtype.kind in "sx":
        raise fail(f"{name}: dtype is {result.dtype}, which has no 0 and 1 of its own")
    numbers = [0] * (n * n)
    numbers[::n + 1] = [1] * n
    kind = dtypes.of(str(result.dtype))
    isa.dma_copy(dst=result, src=_shared(f"identity_{n}", (n, n), kind, bytes(values.encode(kind, numbers))))
    return result


def _shared(name, shape, dtype, data):
    """A constant of this run, made once, so that cores and calls share it."""
    run = session.current()
    key = (tuple(shape), str(dtype), data)
    found = run.constants.get(key)
    if found is None:
        if wide(run, dtype) is not dtype:
            data = bytes(values.encode(dtypes.float32, values.decode(dtype, data)))
        found = run.constants[key] = make(run, tuple(shape), dtype, name, data)
    return found


def _contents(value, what, expected):
    """Shape, type and bytes of an array of the host."""
    host = None if _tiles.is_tile(value) else arrays.host_of(value)
    if host is None:
        raise fail(f"{what} is {type(value).__name__}, must be {expected}")
    return host.shape, host.dtype, bytes(host.data)


def _converted(kind, dtype, data):
    """The bytes in another type, rounded to nearest; integers stop at the ends of their range, and NaN becomes 0."""
    if "x" in (kind.kind, dtype.kind):
        raise fail(f"{kind} cannot be converted to {dtype}: four values take the place of one")
    numbers = values.decode(kind, data)
    if dtype.kind == "b":
        numbers = [v != 0 for v in numbers]
    elif dtype.kind == "i":
        high = (1 << 8 * dtype.itemsize) - 1
        low = 0
        if dtype.startswith("int"):
            low, high = ~(high >> 1), high >> 1
        numbers = [round(min(max(v, low), high)) if v == v else 0 for v in numbers]
    return bytes(values.encode(dtype, numbers))


def _read_file(path):
    """Shape, type and bytes of a .npy file."""
    where = f"nl.shared_constant: {path if isinstance(path, str) else str(path)}"
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as e:
        raise fail(f"{where} cannot be read: {e.strerror}") from None
    if content[:6] != b"\x93NUMPY" or len(content) < 12:
        raise fail(f"{where} is no .npy file")
    start, size = (10, unpack("<H", content[8:10])[0]) if content[6] == 1 else (12, unpack("<I", content[8:12])[0])
    try:
        header = ast.literal_eval(content[start:start + size].decode().strip())
        kind, shape = header["descr"], tuple(header["shape"]) or (1,)
        fortran = header["fortran_order"]
    except (ValueError, SyntaxError, KeyError, TypeError):
        raise fail(f"{where} is no .npy file: its header cannot be read") from None
    name = _NPY.get(kind[1:]) if isinstance(kind, str) and kind[0] in "<|" else None
    if name is None or fortran:
        raise fail(
            f"{where} holds {kind}{', column by column' if fortran else ''}: little-endian types of at most 32 bits, "
            "row by row, can be read")
    data = content[start + size:]
    dtype, count = dtypes.of(name), 1
    for extent in shape:
        count *= extent
    if len(data) != count * dtype.itemsize:
        raise fail(f"{where} has {len(data)} bytes of data, expected {count * dtype.itemsize}")
    return shape, dtype, data
