"""Memory regions, as nki.language names them."""

from enum import Enum


class MemoryRegion(Enum):
    """Where a tensor lives."""

    sbuf = "sbuf"
    psum = "psum"
    private_hbm = "private_hbm"
    shared_hbm = "shared_hbm"

    def __init__(self, value):
        self.is_on_chip = value in ("sbuf", "psum")
        self.space = {"sbuf": "sbuf", "psum": "psum"}.get(value, "hbm")

    def __str__(self):
        return {"sbuf": "SBUF", "psum": "PSUM"}.get(self.value, "HBM")

    def __eq__(self, other):
        return self is other or (isinstance(other, str) and of(other) is self)

    __hash__ = Enum.__hash__


sbuf = MemoryRegion.sbuf
psum = MemoryRegion.psum
hbm = private_hbm = MemoryRegion.private_hbm
shared_hbm = MemoryRegion.shared_hbm


def of(value):
    """A region, or its name; None when there is no such region."""
    if isinstance(value, MemoryRegion):
        return value
    return {"hbm": hbm, **MemoryRegion.__members__}.get(value)
