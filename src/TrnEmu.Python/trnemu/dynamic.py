"""Parts of an address that are known only while running."""

NONE, REGISTER, SCALAR, VECTOR, INDIRECT = range(5)


class DynamicSlice:
    """``nl.ds(start, size)``: ``size`` elements from ``start`` on.

    ``start`` is an integer, a register or a tensor of one element.
    """

    __slots__ = ("start", "size")

    def __init__(self, start, size):
        self.start = start
        self.size = size


def ds(start, size):
    """``size`` elements from ``start`` on."""
    return DynamicSlice(start, size)


def integer(tensor, value, dim):
    """An index as an integer of Python."""
    try:
        return value.__index__()
    except (AttributeError, TypeError):
        raise tensor._no(f"index {value!r} of dimension {dim} is no integer") from None
