"""NkiTensor: a view of bytes in SBUF, PSUM or HBM."""

from . import dtypes, indexing, patterns, views
from .dynamic import INDIRECT, VECTOR
from .errors import fail, warn_once
from .registers import VirtualRegister
from .regions import sbuf
from .views import ViewError


class NkiTensor:
    """A view: shape, strides and offset in elements over a storage.

    On chip dimension 0 counts partitions; the stride of a partition is the number of elements that the storage has in
    each, and offset counts elements row by row. All methods that make views share the storage and move no data.
    """

    __slots__ = ("_storage", "shape", "strides", "offset", "dtype", "_dynamic", "_bytes")
    __hash__ = object.__hash__

    def __init__(self, shape, dtype, storage, buffer=sbuf, name=""):
        shape = tuple(int(n) for n in shape)
        self._set(storage, shape, views.contiguous(shape), 0, dtypes.of(dtype), None)

    def _set(self, storage, shape, strides, offset, dtype, dynamic):
        self._storage = storage
        self.shape = shape
        self.strides = strides
        self.offset = offset
        self.dtype = dtype
        self._dynamic = dynamic
        self._bytes = None

    @staticmethod
    def _of(storage):
        """The whole of a storage."""
        return NkiTensor._view(storage, storage.shape, views.contiguous(storage.shape), 0, storage.dtype, None)

    @staticmethod
    def _view(storage, shape, strides, offset, dtype, dynamic):
        self = _new(NkiTensor)
        self._storage = storage
        self.shape = shape
        self.strides = strides
        self.offset = offset
        self.dtype = dtype
        self._dynamic = dynamic
        self._bytes = None
        return self

    def _like(self, shape, strides, offset=None):
        return NkiTensor._view(
            self._storage, shape, strides, self.offset if offset is None else offset, self.dtype, self._dynamic)

    @property
    def buffer(self):
        """The memory region."""
        return self._storage.buffer

    @property
    def name(self):
        """The name given when it was made, or an empty string."""
        return self._storage.name

    @property
    def ndim(self):
        """Number of dimensions."""
        return len(self.shape)

    @property
    def size(self):
        """Number of elements."""
        return views.product(self.shape)

    @property
    def _is_on_chip(self):
        return self._storage.buffer.is_on_chip

    def is_contiguous(self):
        """True when the elements follow each other in row-major order; on chip within each partition."""
        return views.is_contiguous(self.shape, self.strides, 1 if self._is_on_chip else 0)

    def is_indirect(self):
        """True when a register or another tensor has a part in the address."""
        return self._dynamic is not None

    def get_pattern(self):
        """[[stride, count], ...], outermost first."""
        return [[stride, count] for stride, count in zip(self.strides, self.shape)]

    # Indexing

    __getitem__ = indexing.view_at

    def __setitem__(self, key, value):
        raise self._no("a tensor cannot be assigned to: use nisa.tensor_copy, nisa.dma_copy or nl.store")

    def __iter__(self):
        raise self._no("a tensor cannot be iterated over: its values are not known while the kernel is compiled")

    def __bool__(self):
        # As in the documents' class, which defines none: `if bias:` asks whether there is a tensor.
        warn_once("truth", "a tensor is true whatever it holds: `is not None` says that it is only asked for")
        return True

    def __len__(self):
        return self.shape[0]

    def slice(self, dim, start, end, step=1):
        """Elements start, start + step, ... below end of a dimension."""
        dim = self._dim(dim, "slice")
        if self._dynamic is not None and self._dynamic[0] == VECTOR and dim == 0:
            raise self._no("slice: dimension 0 has an index for each row")
        return self._like(*self._try(views.slice_dim, self.shape, self.strides, self.offset, dim, start, end, step))

    def select(self, dim, index):
        """One element of a dimension, which goes away.

        ``index`` may be a register or an integer tensor of one element.
        """
        dim = self._dim(dim, "select")
        if self._is_on_chip and dim == 0:
            if isinstance(index, (NkiTensor, VirtualRegister)):
                raise self._no("select: dimension 0 counts partitions and has no dynamic index")
            return self[index]
        return self[(slice(None),) * dim + (index,)]

    def vector_select(self, dim, vector_offset):
        """Rows by index: row p of the result is row ``vector_offset[p]`` of this HBM tensor."""
        if dim != 0 or self._is_on_chip:
            raise self._no(f"vector_select of dimension {dim}: it must be 0, of a tensor in HBM")
        if self._dynamic is not None:
            raise self._no("vector_select: the view has a dynamic index already, a view has at most one")
        self._check_index(vector_offset, "vector_select")
        rows = vector_offset.shape[0]
        return NkiTensor._view(
            self._storage, (rows,) + self.shape[1:], self.strides, self.offset, self.dtype,
            (VECTOR, vector_offset, self.strides[0], 0, 0))

    def indirect(self, index, num_elem=None):
        """Free elements by index (generation 4 on): element i of each partition is the one that index i names."""
        if not self._is_on_chip or len(self.shape) != 2 or self._dynamic is not None:
            raise self._no("indirect: the tensor must be [P, F] on chip, without a dynamic index")
        self._check_index(index, "indirect")
        count = index.size if num_elem is None else num_elem
        if count < 1:
            raise self._no(f"indirect: num_elem is {count}, must be at least 1")
        return NkiTensor._view(
            self._storage, (self.shape[0], count), (self.strides[0], 1), self.offset, self.dtype,
            (INDIRECT, index, self.strides[1], 1, 16))

    # Other shapes of the same elements

    def permute(self, dims):
        """Dimension i of the result is ``dims[i]`` of this; on chip 0 stays first."""
        dims = tuple(dims)
        if sorted(dims) != list(range(len(self.shape))):
            raise self._no(f"permute {list(dims)}: must name each of 0 to {len(self.shape) - 1} once")
        if self._keeps_first and dims[0] != 0:
            raise self._no(f"permute {list(dims)}: dimension 0 {self._why_first} and stays first")
        return self._like(tuple(self.shape[d] for d in dims), tuple(self.strides[d] for d in dims))

    def broadcast(self, dim, size):
        """A dimension of 1 element seen ``size`` times."""
        dim = self._free_dim(dim, "broadcast")
        if self.shape[dim] != 1:
            raise self._no(f"broadcast: dimension {dim} has {self.shape[dim]} elements, must have 1")
        if size < 1:
            raise self._no(f"broadcast: size is {size}, must be at least 1")
        stride = 0 if size > 1 else self.strides[dim]
        return self._like(self._with(self.shape, dim, size), self._with(self.strides, dim, stride))

    def expand_dim(self, dim):
        """A new dimension of 1 element before ``dim``."""
        rank = len(self.shape)
        if not 0 <= dim <= rank:
            raise self._no(f"expand_dim: position {dim}, must be 0 to {rank}")
        if dim == 0 and self._keeps_first:
            raise self._no(f"expand_dim: dimension 0 {self._why_first} and stays first")
        stride = self.shape[dim] * self.strides[dim] if dim < rank else 1
        return self._like(
            self.shape[:dim] + (1,) + self.shape[dim:],
            self.strides[:dim] + (stride,) + self.strides[dim:])

    def squeeze_dim(self, dim):
        """Without a dimension of 1 element."""
        dim = self._free_dim(dim, "squeeze_dim")
        if self.shape[dim] != 1:
            raise self._no(f"squeeze_dim: dimension {dim} has {self.shape[dim]} elements, must have 1")
        if len(self.shape) == (2 if self._is_on_chip else 1):
            return self
        return self._like(self.shape[:dim] + self.shape[dim + 1:], self.strides[:dim] + self.strides[dim + 1:])

    def reshape_dim(self, dim, shape):
        """A dimension split into several; one extent may be -1."""
        dim = self._dim(dim, "reshape_dim")
        shape = self._try(views.infer, self.shape[dim], shape, "reshape_dim")
        if dim == 0 and self._keeps_first and shape != (self.shape[0],):
            raise self._no(f"reshape_dim: dimension 0 {self._why_first} and cannot be split")
        strides = tuple(s * self.strides[dim] for s in views.contiguous(shape))
        return self._like(
            self.shape[:dim] + shape + self.shape[dim + 1:],
            self.strides[:dim] + strides + self.strides[dim + 1:])

    def flatten_dims(self, start_dim, end_dim):
        """Dimensions start_dim to end_dim, which must be contiguous, as one."""
        start, end = self._dim(start_dim, "flatten_dims"), self._dim(end_dim, "flatten_dims")
        if start > end or (start == 0 and end > 0 and self._keeps_first):
            reason = "the range is empty" if start > end else f"dimension 0 {self._why_first} and stays first"
            raise self._no(f"flatten_dims {start_dim} to {end_dim}: {reason}")
        stride = self._try(views.merged_stride, self.shape, self.strides, start, end)
        count = views.product(self.shape[start:end + 1])
        return self._like(
            self.shape[:start] + (count,) + self.shape[end + 1:],
            self.strides[:start] + (stride,) + self.strides[end + 1:])

    def reshape(self, *shape):
        """The same elements in the same order under another shape; on chip dimension 0 stays."""
        if len(shape) == 1 and isinstance(shape[0], (tuple, list)):
            shape = shape[0]
        shape = self._try(views.infer, self.size, shape, "reshape")
        if self._keeps_first and shape[:1] != self.shape[:1]:
            raise self._no(
                f"reshape to {list(shape)}: dimension 0 {self._why_first} and keeps its {self.shape[0]} elements")
        kept = 1 if self._keeps_first else 0
        return self._like(shape, self._try(views.reshape, self.shape, self.strides, shape, kept))

    def rearrange(self, src_pattern, dst_pattern, fixed_sizes=None):
        """Splits, reorders and merges dimensions by name, as einops does with strings."""
        order, extents, target, source = self._try(
            views.parse_rearrange, self.shape, src_pattern, dst_pattern, fixed_sizes or {})
        view = self
        for dim in range(len(source) - 1, -1, -1):
            if len(source[dim]) != 1:
                view = view.reshape_dim(dim, tuple(extents[n] for n in source[dim]))
        flat = [n for group in target for n in group]
        view = view.permute(tuple(order.index(n) for n in flat))
        at = 0
        for group in target:
            if not group:
                view = view.expand_dim(at)
            elif len(group) > 1:
                view = view.flatten_dims(at, at + len(group) - 1)
            at += 1
        return view

    def view(self, dtype):
        """The same bytes as another type; the last dimension grows or shrinks with the size of its elements."""
        new = self._dtype(dtype)
        old = self.dtype
        if new.itemsize == old.itemsize:
            return NkiTensor._view(self._storage, self.shape, self.strides, self.offset, new, self._dynamic)
        if self._dynamic is not None:
            raise self._no(f"view({new}): the view has a dynamic index")
        last = len(self.shape) - 1
        if self.strides[last] != 1 and self.shape[last] != 1:
            raise self._no(f"view({new}): the last dimension has stride {self.strides[last]}, must be 1")
        bytes_ = self.shape[last] * old.itemsize
        whole = [bytes_, self.offset * old.itemsize]
        whole += [s * old.itemsize for s, n in zip(self.strides[:last], self.shape) if n != 1]
        if any(b % new.itemsize for b in whole):
            raise self._no(f"view({new}): rows of {bytes_} bytes are no whole number of elements of {new.itemsize}")
        return NkiTensor._view(
            self._storage, self.shape[:last] + (bytes_ // new.itemsize,),
            tuple(s * old.itemsize // new.itemsize for s in self.strides[:last]) + (1,),
            self.offset * old.itemsize // new.itemsize, new, None)

    reinterpret_cast = view

    def ap(self, pattern, offset=None, scalar_offset=None, vector_offset=None, indirect_dim=0, dtype=None):
        """[[stride, count], ...] over the storage, outermost first.

        It begins ``offset`` elements after this view's first.

        On chip the first stride leads from partition to partition: it is the number of elements that the storage has in
        each, or that this view has. scalar_offset (a register, or one integer in SBUF) and vector_offset (one for each
        row) move it by as many strides of dimension ``indirect_dim`` of this view.
        """
        view, beyond = patterns.view_of(self, pattern, offset, scalar_offset, vector_offset, indirect_dim, dtype)
        return view if beyond is None else Beyond._because(self._no(f"ap: {beyond}"), view)

    # Helpers

    @property
    def _keeps_first(self):
        return self._is_on_chip or (self._dynamic is not None and self._dynamic[0] == VECTOR)

    @property
    def _why_first(self):
        return "counts partitions" if self._is_on_chip else "has an index for each row"

    @staticmethod
    def _with(values, dim, value):
        return values[:dim] + (value,) + values[dim + 1:]

    def _dim(self, dim, what):
        return self._try(views.dimension, self.shape, dim, what)

    def _free_dim(self, dim, what):
        dim = self._dim(dim, what)
        if dim == 0 and self._keeps_first:
            raise self._no(f"{what}: dimension 0 {self._why_first}")
        return dim

    def _dtype(self, dtype):
        new = dtypes.of(dtype)
        if new is None:
            raise self._no(f"{dtype!r} is no element type")
        return new

    def _check_index(self, index, what):
        if (not isinstance(index, NkiTensor) or index.buffer is not sbuf
                or index.dtype not in (dtypes.int32, dtypes.uint32)):
            given = f"{index.dtype} in {index.buffer}" if isinstance(index, NkiTensor) else repr(index)
            raise self._no(f"{what}: the index is {given}, must be int32 or uint32 in SBUF")

    def _try(self, function, *arguments):
        try:
            return function(*arguments)
        except ViewError as e:
            raise self._no(str(e)) from None

    def _no(self, reason):
        return fail(f"{self!r}: {reason}")

    def __repr__(self):
        name = self.name or "tensor"
        return f"{name} {self.dtype}{list(self.shape)} in {self.buffer}"

    # The record

    @property
    def _record(self):
        record = self._bytes
        if record is None:
            record = self._bytes = patterns.record_of(self)
        return record

class Beyond(NkiTensor):
    """A pattern that leaves its storage: it can be made, as of a last round that is then skipped, but not used.

    Views of it are plain views: the core checks what they address when they are used.
    """

    __slots__ = ("_why",)

    @classmethod
    def _because(cls, why, view):
        self = _new(cls)
        self._set(view._storage, view.shape, view.strides, view.offset, view.dtype, view._dynamic)
        self._why = why
        return self

    @property
    def _record(self):
        raise self._why


_new = object.__new__
