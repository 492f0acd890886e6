"""Bytes that tensors are views of."""

from . import views


class Storage:
    """The bytes that views share; they are given back when the last view dies."""

    __slots__ = (
        "id", "buffer", "shape", "dtype", "row_bytes", "name", "label", "session", "core", "address", "is_kept",
        "__weakref__")

    def __init__(self, id, buffer, shape, dtype, name="", session=None, core=0, address=None):
        self.id = id
        self.buffer = buffer
        self.shape = shape
        self.dtype = dtype
        self.row_bytes = views.product(shape[1:]) * dtype.itemsize
        self.name = name
        self.label = name
        self.session = session
        self.core = core
        self.address = address
        self.is_kept = session is None

    def __del__(self):
        if not self.is_kept:
            self.session.freed.append(self.id)
