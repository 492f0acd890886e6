"""Registers of the device."""

from . import session
from .errors import NkiValidationError, fail
from .records import register


class RegisterValueError(NkiValidationError, TypeError):
    """Python asks for the value of a register, which is not known while the kernel is compiled."""


class VirtualRegister:
    """A 32-bit register of the engines: a loop's bound or condition, or a part of an address.

    Made by nisa.register_alloc, changed by nisa.register_move and nisa.register_load. Its value is not known while the
    kernel is compiled, so Python cannot compute with it; ``print`` shows what it holds at that moment.
    """

    __slots__ = ("number", "is_frozen", "_register")
    __hash__ = object.__hash__

    def __init__(self, state=None, frozen=False):
        self.number = session.current().new_register() if state is None else int(state)
        self.is_frozen = bool(frozen)
        self._register = register(self.number)

    @classmethod
    def _frozen(cls, number):
        """A loop's own register, which only the loop changes."""
        return cls(number, True)

    def __bool__(self):
        from .loops import condition

        return condition(self)

    def __repr__(self):
        if not session.is_running():
            return f"register {self.number}"
        return f"register {self.number} (now {session.current().register(self.number)})"

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, (int, float, VirtualRegister)):
            return NotImplemented
        raise _unknown("a comparison")

    def _compare(self, _):
        raise _unknown("a comparison")

    def _compute(self, *_):
        raise _unknown("arithmetic")

    def __int__(self):
        raise _unknown("int()")

    def __index__(self):
        raise _unknown("range() or an index of Python")

    def __float__(self):
        raise _unknown("float()")

    __lt__ = __le__ = __gt__ = __ge__ = _compare
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __neg__ = __and__ = __or__ = _compute
    __floordiv__ = __rfloordiv__ = __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __lshift__ = __rshift__ = _compute


def _unknown(use):
    return fail(
        f"{use} needs the value of a register, which is not known while the kernel is compiled: use it as an index, as "
        "a bound of nl.fori_loop or the condition of nl.while_loop, or compute in a tensor and use nisa.register_load",
        RegisterValueError)
