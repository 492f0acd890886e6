"""Operators: what ``op=`` parameters of nki.isa take, and functions of nki.language of the same name."""

from functools import update_wrapper

from ..errors import fail


class Op:
    """``nl.add`` and its like: an operator (``word`` is its name in .trn files) that can be called on tiles as well."""

    def __init__(self, word, function=None):
        self.word = word
        self._function = function
        self.__name__ = self.__qualname__ = word
        if function is not None:
            update_wrapper(self, function)

    def __call__(self, *values, **named):
        if self._function is None:
            raise fail(f"nl.{self.__name__} is an operator, to be named in op=…: it cannot be called")
        return self._function(*values, **named)

    def __repr__(self):
        return f"nl.{self.__name__}"

    def __reduce__(self):
        return _find, (self.__name__,)


def operator(function):
    """A function that is also the operator of its name."""
    return Op(function.__name__, function)


def _find(name):
    """The operator of a name, for copies and pickles."""
    from . import language

    return getattr(language, name)


bypass = Op("bypass")
prelu = Op("prelu")
average = Op("average")
