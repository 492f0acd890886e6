"""Bytes to numbers and back, for callers without numpy. Floats round to nearest even."""

import math
from struct import pack, unpack

_PLAIN = {
    "float32": "f", "tfloat32": "f", "int32": "i", "uint32": "I", "int16": "h", "uint16": "H", "int8": "b",
    "uint8": "B", "float16": "e", "bool": "?",
}
# exponent bits, fraction bits, bias, largest finite value, code of infinity (None: there is none), code of NaN
_SMALL = {
    "bfloat16": (8, 7, 127, (2 - 2.0 ** -7) * 2.0 ** 127, 0x7F80, 0x7FC0),
    "float8_e4m3": (4, 3, 7, 240.0, 0x78, 0x7C),
    "float8_e4m3fn": (4, 3, 7, 448.0, None, 0x7F),
    "float8_e5m2": (5, 2, 15, 57344.0, 0x7C, 0x7E),
}
_tables = {}


def decode(dtype, data):
    """The numbers of a byte string; packed types as their integers."""
    name = str(dtype)
    code = "f" if dtype.trn == "fp32" else _PLAIN.get(name)
    if code is not None:
        return list(unpack(f"<{len(data) // dtype.itemsize}{code}", bytes(data)))
    if name == "bfloat16":
        whole = bytearray(2 * len(data))
        whole[2::4], whole[3::4] = data[0::2], data[1::2]
        return list(unpack(f"<{len(data) // 2}f", whole))
    if name == "float8_e8m0fnu":
        return [math.nan if b == 255 else 2.0 ** (b - 127) for b in data]
    if name in _SMALL:
        table = _table(name)
        return [table[b] for b in data]
    return list(unpack(f"<{len(data) // dtype.itemsize}{'I' if dtype.itemsize == 4 else 'H'}", bytes(data)))


def encode(dtype, values):
    """The bytes of numbers, rounded to the type."""
    name = str(dtype)
    if name in _PLAIN:
        code = _PLAIN[name]
        if code in "fe":
            values = [_fitting(float(v), code) for v in values]
        return bytearray(pack(f"<{len(values)}{code}", *values))
    if name in _SMALL:
        return bytearray(b"".join(_small(name, float(v)).to_bytes(dtype.itemsize, "little") for v in values))
    if name == "float8_e8m0fnu":
        return bytearray(
            255 if math.isnan(v) else min(254, max(0, math.frexp(v)[1] - 1 + 127)) for v in map(float, values))
    return bytearray(pack(f"<{len(values)}{'I' if dtype.itemsize == 4 else 'H'}", *values))


def _fitting(value, code):
    try:
        pack("<" + code, value)
        return value
    except OverflowError:
        return math.copysign(math.inf, value)


def _small(name, value):
    """The code of the nearest number, ties to even."""
    exponent_bits, fraction_bits, bias, largest, infinity, nan = _SMALL[name]
    sign = (1 << exponent_bits + fraction_bits) if math.copysign(1, value) < 0 else 0
    if math.isnan(value):
        return sign | nan
    magnitude = abs(value)
    exponent = max(math.frexp(magnitude)[1] - 1, 1 - bias) if magnitude else 1 - bias
    if math.isinf(magnitude):
        return sign | (nan if infinity is None else infinity)
    steps = round(magnitude / 2.0 ** (exponent - fraction_bits))
    if steps * 2.0 ** (exponent - fraction_bits) > largest:
        return sign | (nan if infinity is None else infinity)
    return sign | (steps + ((exponent + bias - 1) << fraction_bits))


def _table(name):
    table = _tables.get(name)
    if table is None:
        table = _tables[name] = [_value(name, code) for code in range(256)]
    return table


def _value(name, code):
    exponent_bits, fraction_bits, bias, largest, infinity, _ = _SMALL[name]
    sign = -1.0 if code >> (exponent_bits + fraction_bits) else 1.0
    body = code & ((1 << exponent_bits + fraction_bits) - 1)
    exponent, fraction = body >> fraction_bits, body & ((1 << fraction_bits) - 1)
    value = math.ldexp(fraction, 1 - bias - fraction_bits) if exponent == 0 \
        else math.ldexp((1 << fraction_bits) + fraction, exponent - bias - fraction_bits)
    if infinity is not None and body == infinity:
        return sign * math.inf
    return sign * value if value <= largest else math.nan
