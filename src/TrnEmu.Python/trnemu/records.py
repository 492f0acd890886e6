"""Bytes of arguments, as the core reads them: a tag, then the value."""

import sys
from enum import Enum
from operator import index
from struct import Struct, error

from .errors import fail, warn_once
from .frames import is_inside

NONE = b"\0"
_FALSE, _TRUE = b"\1\0", b"\1\1"
_integer = Struct("<Bq").pack
_real = Struct("<Bd").pack
_count = Struct("<BH").pack
_register = Struct("<Bi").pack
_one = Struct("<BHBq").pack
_two = Struct("<BHBqBq").pack
_INTEGER, _REAL, _WORD, _LIST, _REGISTER = 2, 3, 4, 6, 7
_SHOWN = 60
_ITEMS = (1 << 16) - 1
_NEAR = 8
_HELPERS = ("chosen", "trigger")
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


def accumulation(x, name):
    """True, False, or None: the core decides for each element."""
    if x is None:
        return NONE
    if x is True:
        return _TRUE
    if x is False:
        return _FALSE
    return _TRUE if _truth(x, name, "True, False or None") else _FALSE


def integer(x, name, expected="an integer"):
    """An integer of Python or numpy."""
    try:
        return _integer(_INTEGER, x)
    except (TypeError, error):
        raise refused(x, name, expected + " of at most 64 bits" if type(x) is int else expected) from None


def optional_integer(x, name):
    """An integer, or None."""
    return NONE if x is None else integer(x, name, "an integer or None")


def real(x, name, expected="a number"):
    """A number of Python or numpy."""
    try:
        return _real(_REAL, x)
    except (TypeError, ValueError, OverflowError, error):
        expected += " within the range of float64" if type(x) is int else ""
        raise refused(x, name, expected) from None


def integers(x, name):
    """A list of integers; an integer is a list of one, and None is no list."""
    if x is None:
        return NONE
    items = x if _is_list(x) else (x,)
    try:
        return _listed([_integer(_INTEGER, i) for i in items], name)
    except (TypeError, error):
        pass
    if not _is_list(x):
        raise refused(x, name, "an integer or a list of integers")
    return _listed([integer(item, f"{name}[{i}]") for i, item in enumerate(x)], name)


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
    return _pair(x, name, "two integers, as in (0, 0)")


def levels(x, name):
    """[[step, num], ...]."""
    if not isinstance(x, (list, tuple)):
        raise refused(x, name, "a list of [step, num]")
    return _listed([_pair(level, name, "a list of [step, num]") for level in x], name)


def _pair(x, name, expected):
    try:
        first, second = x
        return _two(_LIST, 2, _INTEGER, first, _INTEGER, second)
    except (TypeError, ValueError, error):
        raise refused(x, name, expected) from None


def reduced_axes(x, tensor, name):
    """Axes of a tensor, counted from the first or, where negative, from the last, as axes counted from the last."""
    rank = getattr(tensor, "ndim", 0)
    if type(x) is int and 0 < x < rank:
        return _one(_LIST, 1, _INTEGER, x - rank)
    axes = set()
    for axis in x if _is_list(x) else (x,):
        try:
            axis = index(axis)
        except TypeError:
            raise refused(x, name, "an integer or a list of integers") from None
        if not -rank <= axis < rank:
            raise refused(x, name, f"free axes of a tensor of {rank} dimensions: 1 to {rank - 1}")
        if axis in (0, -rank):
            raise refused(
                x, name, "free axes: axis 0 counts partitions, along which a matmul with ones adds up, or "
                "nisa.tensor_partition_reduce")
        axes.add(axis if axis < 0 else axis - rank)
    return _listed([_integer(_INTEGER, axis) for axis in sorted(axes, reverse=True)], name)


def register(number):
    """A register by its number."""
    return _register(_REGISTER, number)


def register_or_integer(x, name):
    """A register, or an integer."""
    try:
        return x._register
    except AttributeError:
        return integer(x, name, "an integer or a register")


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
    return fail(f"{caller()}{name} is {shown(x)}, expected {expected}")


def caller():
    """The function of nki.isa that is called with the wrong argument, as the start of a message."""
    frame = sys._getframe(1)
    while frame is not None and is_inside(frame.f_code.co_filename):
        name = frame.f_code.co_name
        if frame.f_code.co_filename != __file__ and not name.startswith("_") and name not in _HELPERS:
            return f"{name}: "
        frame = frame.f_back
    return ""


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


def _is_list(x):
    return isinstance(x, (list, tuple, range)) or hasattr(x, "tolist") and getattr(x, "ndim", 0) == 1


def _truth(x, name, expected):
    if isinstance(x, int) or type(x).__module__ == "numpy" and type(x).__name__ in ("bool_", "bool"):
        return bool(x)
    raise refused(x, name, expected)


def _listed(items, name):
    if len(items) > _ITEMS:
        raise fail(f"{caller()}{name} has {len(items)} items, limit {_ITEMS}")
    return b"".join((_count(_LIST, len(items)), *items))
