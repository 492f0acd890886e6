"""A plain reader of arguments, written apart from what packs them, and things that stand for tensors and operators."""

import struct
import types


def decoded(data):
    """The value that bytes stand for: a plain reader of the format, written apart."""
    value, at = _decode(data, 0)
    assert at == len(data), (data, at)
    return value


def _decode(data, at):
    tag = data[at]
    if tag == 0:
        return None, at + 1
    if tag == 1:
        return {0: False, 1: True}[data[at + 1]], at + 2
    if tag == 2:
        return int.from_bytes(data[at + 1:at + 9], "little", signed=True), at + 9
    if tag == 3:
        return struct.unpack("<d", data[at + 1:at + 9])[0], at + 9
    if tag == 4:
        end = at + 2 + data[at + 1]
        return data[at + 2:end].decode("ascii"), end
    if tag == 5:
        return "tensor", at + 2
    if tag == 6:
        items, count, at = [], int.from_bytes(data[at + 1:at + 3], "little"), at + 3
        for _ in range(count):
            item, at = _decode(data, at)
            items.append(item)
        return items, at
    if tag == 7:
        return "register", int.from_bytes(data[at + 1:at + 5], "little"), at + 5
    raise AssertionError(f"tag {tag}")


class Tile:
    """As much of a tensor as encoders look at."""

    _record = b"\5T"

    def __init__(self, *shape):
        self.shape = shape
        self.ndim = len(shape)
        self.dtype = "float32"


class Operator:
    def __init__(self, word):
        self.word = word


def numpy_function(name):
    function = types.FunctionType(compile("0", "f", "eval"), {}, name)
    function.__module__ = "numpy"
    return function


TILE = Tile(128, 4, 8)
