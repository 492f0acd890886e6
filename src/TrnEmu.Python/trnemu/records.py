"""Bytes of arguments, as the core reads them: a tag, then the value."""

import sys
from enum import Enum
from struct import Struct, error

from .errors import fail, warn_once

NONE = b"\0"
_FALSE, _TRUE = b"\1\0", b"\1\1"
_integer = Struct("<Bq").pack
_real = Struct("<Bd").pack
_count = Struct("<BH").pack
_register = Struct("<Bi").pack
_INTEGER, _REAL, _WORD, _LIST, _REGISTER = 2, 3, 4, 6, 7
_SHOWN = 60
_ITEMS = (1 << 16) - 1
_NEAR = 8
_LIBRARIES = ("numpy", "jax", "trnemu", "nki")
_OTHER_NAMES = {
    "max": "maximum", "amax": "maximum", "min": "minimum", "amin": "minimum", "absolute": "abs", "fabs": "abs",
    "bitwise_not": "invert", "identity": "copy", "bitwise_left_shift": "left_shift",
    "bitwise_right_shift": "right_shift",
}


def operand(x, name):
    """A tensor."""
    try:
        return x._record
    except AttributeError:
        raise refused(x, name, "a tensor") from None


def optional_operand(x, name):
    """A tensor, or None."""
    if x is None:
        return NONE
    try:
        return x._record
    except AttributeError:
        raise refused(x, name, "a tensor or None") from None


def operands(x, name):
    """A list of tensors."""
    if not isinstance(x, (list, tuple)):
        raise refused(x, name, "a list of tensors")
    return _listed([operand(item, f"{name}[{i}]") for i, item in enumerate(x)], name)


def scalar(x, name):
    """A number, or a tensor with a number for each partition."""
    kind = type(x)
    if kind is float:
        return _real(_REAL, x)
    if kind is int:
        return real(x, name)
    try:
        return x._record
    except AttributeError:
        return real(x, name, "a number or a tensor [P, 1]")


def optional_scalar(x, name, absent=None):
    """A number, a tensor with a number for each partition, or None; ``absent`` says the same as None."""
    if x is None or isinstance(x, (float, int)) and x == absent:
        return NONE
    return scalar(x, name)


def flag(x, name):
    """True or False."""
    if x is True:
        return _TRUE
    if x is False:
        return _FALSE
    return _TRUE if _truth(x, name, "True or False") else _FALSE


def accumulate(x, name):
    """True, False, or None: the core decides for each element."""
    if x is None:
        return NONE
    if x is True:
        return _TRUE
    if x is False:
        return _FALSE
    return _TRUE if _truth(x, name, "True, False or None") else _FALSE


def integer(x, name):
    """An integer of Python or numpy."""
    return _integer(_INTEGER, _whole(x, name, "an integer"))


def optional_integer(x, name):
    """An integer, or None."""
    return NONE if x is None else _integer(_INTEGER, _whole(x, name, "an integer or None"))


def real(x, name, expected="a number"):
    """A number of Python or numpy."""
    try:
        return _real(_REAL, x)
    except (TypeError, ValueError, error):
        raise refused(x, name, expected) from None
    except OverflowError:
        raise refused(x, name, expected + " within the range of float64") from None


def integers(x, name):
    """A list of integers; an integer is a list of one, and None is no list."""
    if x is None:
        return NONE
    return _listed([_integer(_INTEGER, i) for i in whole_numbers(x, name)], name)


def reals(x, name):
    """A list of numbers, or None."""
    if x is None:
        return NONE
    if not isinstance(x, (list, tuple)):
        raise refused(x, name, "a list of numbers")
    return _listed([real(item, f"{name}[{i}]") for i, item in enumerate(x)], name)


def pair(x, name):
    """Two integers; None or nothing for no pair."""
    if x is None or x == ():
        return NONE
    if not isinstance(x, (list, tuple)) or len(x) != 2:
        raise refused(x, name, "two integers, as in (0, 0)")
    return integers(x, name)


def levels(x, name):
    """[[step, num], ...]."""
    if not isinstance(x, (list, tuple)):
        raise refused(x, name, "a list of [step, num]")
    items = []
    for i, level in enumerate(x):
        if not isinstance(level, (list, tuple)) or len(level) != 2:
            raise refused(level, f"{name}[{i}]", "[step, num]")
        items.append(integers(level, f"{name}[{i}]"))
    return _listed(items, name)


def reduced_axes(x, tensor, name):
    """Axes of a tensor, counted from the first or, where negative, from the last, as axes counted from the last."""
    rank = getattr(tensor, "ndim", 0)
    axes = []
    for axis in whole_numbers(x, name):
        if not -rank <= axis < rank:
            raise refused(x, name, f"free axes of a tensor of {rank} dimensions, 1 to {rank - 1}")
        if axis in (0, -rank):
            raise refused(
                x, name, "free axes: axis 0 counts partitions, along which only a matmul with ones or "
                "tensor_partition_reduce adds up")
        axes.append(axis if axis < 0 else axis - rank)
    return _listed([_integer(_INTEGER, axis) for axis in sorted(set(axes), reverse=True)], name)


def register(number):
    """A register by its number."""
    return _register(_REGISTER, number)


def register_or_integer(x, name):
    """A register, or an integer."""
    try:
        return x._register
    except AttributeError:
        return _integer(_INTEGER, _whole(x, name, "an integer or a register"))


def words(expected, names, members=None, is_optional=False):
    """An encoder of a parameter that takes one of some words.

    It accepts what carries the word: a member of ``members``, a member of nki.language, a function of numpy of the same
    meaning, and the word itself or the member's number (with a warning where there are members).
    """
    records = {word: bytes((_WORD, len(word))) + word.encode("ascii") for word in names}
    known = {None: NONE} if is_optional else {}
    known.update({members[word]: record for word, record in records.items()} if members is not None else records)
    expected += f" ({', '.join(names)})" if len(names) < _NEAR else ""
    expected += " or None" if is_optional else ""

    def encode(x, name):
        try:
            return known[x]
        except (KeyError, TypeError):
            pass
        record = records.get(_word_of(x, members))
        if record is None:
            raise refused(x, name, expected)
        if members is not None and type(x) in (int, str):
            member = _word_of(x, members)
            warn_once((name, x), f"{name}={x!r} is an older spelling of {name}=nisa.{members.__name__}.{member}")
        elif not isinstance(x, str):
            known[x] = record
        return record

    return encode


def _word_of(x, members):
    """The word that something stands for, or None."""
    if isinstance(x, str):
        return _OTHER_NAMES.get(x, x) if members is None else x
    if members is not None:
        if type(x) is int:
            return next((m.name for m in members if type(m.value) is int and m.value == x), None)
        return x.name if isinstance(x, Enum) and type(x).__name__ == members.__name__ else None
    word = getattr(x, "word", None)
    if isinstance(word, str):
        return word
    name = getattr(x, "__name__", None)
    module = getattr(x, "__module__", None) or type(x).__module__
    if isinstance(name, str) and callable(x) and module.split(".")[0] in _LIBRARIES:
        return _OTHER_NAMES.get(name, name)
    return None


def refused(x, name, expected):
    """The error for an argument: ``tensor_scalar: op0 is 3 (int), expected an operator such as nl.add``."""
    return fail(f"{_caller()}{name} is {shown(x)}, expected {expected}")


def shown(x):
    """A value as messages show it: short, with its type."""
    if x is None:
        return "None"
    shape = getattr(x, "shape", None)
    if isinstance(shape, tuple) and len(shape) > 0:
        return f"a {type(x).__name__} of shape {list(shape)}"
    try:
        text = repr(x)
    except Exception:  # noqa: BLE001 - the user's own __repr__
        text = "?"
    return f"{text if len(text) <= _SHOWN else text[:_SHOWN - 1] + '…'} ({type(x).__name__})"


def whole_numbers(x, name):
    """The integers of a list, a tuple, a range or an array, or of one integer."""
    if isinstance(x, (list, tuple, range)) or (hasattr(x, "tolist") and getattr(x, "ndim", 0) == 1):
        return [_whole(item, f"{name}[{i}]", "an integer") for i, item in enumerate(x)]
    return [_whole(x, name, "an integer or a list of integers")]


def _whole(x, name, expected):
    if type(x) is not int:
        try:
            x = x.__index__()
        except (AttributeError, TypeError):
            raise refused(x, name, expected) from None
    if not -(1 << 63) <= x < 1 << 63:
        raise refused(x, name, expected + " of at most 64 bits")
    return x


def _truth(x, name, expected):
    if isinstance(x, int) or type(x).__module__ == "numpy" and type(x).__name__ in ("bool_", "bool"):
        return bool(x)
    raise refused(x, name, expected)


def _listed(items, name):
    if len(items) > _ITEMS:
        raise fail(f"{_caller()}{name} has {len(items)} items, limit {_ITEMS}")
    return b"".join((_count(_LIST, len(items)), *items))


def _caller():
    """The function whose argument is being packed, as the start of a message."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename == __file__:
        frame = frame.f_back
    name = frame.f_code.co_name
    return "" if name.startswith(("_", "<")) else f"{name}: "
