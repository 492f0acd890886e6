"""Operations on registers."""

from trnemu import session
from trnemu.errors import fail
from trnemu.nki.isa._generated import CODES
from trnemu.records import NONE, caller, integer, operand, refused, register_or_integer
from trnemu.registers import VirtualRegister

_ALLOC, _MOVE = CODES["register_alloc"], CODES["register_move"]
_LOAD, _STORE = CODES["register_load"], CODES["register_store"]


def register_alloc(x=None):
    """A new register: without a value, with an integer, or with that of a tensor of one element.

    :param x: None, an integer, or a tensor of one element, which is loaded.
    """
    run = session.current()
    register = VirtualRegister(run.new_register())
    if hasattr(x, "_record"):
        session.issue(_LOAD, None, None, (register._register, operand(x, "x")))
    elif x is not None:
        session.issue(_ALLOC, None, None, (register._register, integer(x, "x")))
    return register


def register_move(dst, src):
    """dst = src

    :param dst: A register.
    :param src: An integer of 32 bits or a register.
    """
    return session.issue(_MOVE, None, None, (_written(dst), register_or_integer(src, "src")))


def register_load(dst, src):
    """dst = the one element of src

    :param dst: A register.
    :param src: A tensor of one integer, in HBM or SBUF.
    """
    return session.issue(_LOAD, None, None, (_written(dst), operand(src, "src")))


def register_store(dst, src):
    """The one element of dst = src

    :param dst: A tensor of one integer, in HBM or SBUF.
    :param src: A register.
    """
    if not isinstance(src, VirtualRegister):
        raise refused(src, "src", "a register")
    return session.issue(_STORE, None, None, (operand(dst, "dst"), src._register))


def _written(dst):
    if not isinstance(dst, VirtualRegister):
        raise refused(dst, "dst", "a register")
    if dst.is_frozen:
        raise fail(f"{caller()}dst is the register of a loop, which only the loop changes")
    return dst._register
