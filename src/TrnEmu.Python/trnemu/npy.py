"""Arrays as .npy files; types that the format lacks are written as float32, which holds them exactly."""

from struct import pack

from . import dtypes, values

_CODES = {
    "float32": "<f4", "float16": "<f2", "int32": "<i4", "uint32": "<u4", "int16": "<i2", "uint16": "<u2",
    "int8": "|i1", "uint8": "|u1", "bool": "|b1",
}


def write(path, array):
    """Writes an Array."""
    code, data = _CODES.get(str(array.dtype)), bytes(array.data)
    if code is None:
        code, data = "<f4", bytes(values.encode(dtypes.float32, values.decode(array.dtype, array.data)))
    shape = ", ".join(str(n) for n in array.shape) + ("," if len(array.shape) == 1 else "")
    header = f"{{'descr': '{code}', 'fortran_order': False, 'shape': ({shape}), }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + pack("<H", len(header)) + header.encode() + data)
