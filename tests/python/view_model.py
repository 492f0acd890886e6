"""A plain model of tensor views: every element is written down.

A view is a dict from index tuples to the byte at which that element starts in the storage, nothing else: no strides,
no offset, no arithmetic on layouts. What a view method gives is said in terms of that dict, and what cannot be said by
one stride a dimension is refused, because an access pattern has nothing else. Written from the NKI documents alone.

``Refuse``: the documents forbid it. A view whose ``either`` is set may also be refused: the documents leave it open.
"""

from itertools import product
from math import prod


class Refuse(Exception):
    """The documents do not allow this view."""


def need(condition, reason):
    """Refuses for a reason."""
    if not condition:
        raise Refuse(reason)


def indices(shape):
    """All index tuples of a shape, row-major."""
    return product(*map(range, shape))


class View:
    """shape, bytes an element, and where each element starts."""

    def __init__(self, storage, shape, itemsize, elements, either=False):
        self.storage = storage
        self.shape = tuple(shape)
        self.itemsize = itemsize
        self.elements = elements
        self.either = either

    @property
    def on_chip(self):
        """SBUF and PSUM: dimension 0 is the partitions."""
        return self.storage.on_chip

    def made(self, shape, elements, itemsize=None, either=False):
        """A view of the same storage; refused when one stride a dimension cannot express it."""
        view = View(self.storage, shape, itemsize or self.itemsize, elements, either or self.either)
        need(view.is_strided(), "no strides express it")
        return view

    def first(self):
        """The byte of the first element."""
        return self.elements[(0,) * len(self.shape)]

    def step(self, dim):
        """Bytes from one element to the next along a dimension; None when it has one element."""
        if self.shape[dim] == 1:
            return None
        return self.elements[tuple(int(d == dim) for d in range(len(self.shape)))] - self.first()

    def steps(self):
        """``step`` of every dimension."""
        return [self.step(dim) for dim in range(len(self.shape))]

    def is_strided(self):
        """True when every element lies where one whole number of elements a dimension puts it."""
        first, steps = self.first(), [step or 0 for step in self.steps()]
        if first % self.itemsize or any(step % self.itemsize for step in steps):
            return False
        return all(at == first + sum(i * s for i, s in zip(index, steps)) for index, at in self.elements.items())

    def is_contiguous(self):
        """Dense and row-major; on chip within each partition."""
        expected = self.itemsize
        for dim in reversed(range(len(self.shape))):
            if dim == 0 and self.on_chip:
                break
            if self.shape[dim] > 1 and self.step(dim) != expected:
                return False
            expected *= self.shape[dim]
        return True


class Storage:
    """What a tensor is made of: a shape, and on chip one row of bytes a partition."""

    def __init__(self, shape, itemsize, on_chip):
        self.shape = tuple(shape)
        self.itemsize = itemsize
        self.on_chip = on_chip
        self.bytes = prod(shape) * itemsize
        self.row_bytes = prod(shape[1:]) * itemsize

    def view(self):
        """The whole storage, row-major."""
        places = range(0, self.bytes, self.itemsize)
        return View(self, self.shape, self.itemsize, dict(zip(indices(self.shape), places)))


def take(view, picks, kept, either=False):
    """For each old dimension the old indices that remain; dimensions that are not kept go."""
    shape = [len(p) for p, k in zip(picks, kept) if k]
    elements = {}
    for places in indices([len(p) for p in picks]):
        new = tuple(i for i, k in zip(places, kept) if k)
        elements[new] = view.elements[tuple(p[i] for p, i in zip(picks, places))]
    least = 2 if view.on_chip else 1
    while len(shape) < least:
        shape.append(1)
        elements = {index + (0,): at for index, at in elements.items()}
    return view.made(shape, elements, either=either)


def picked(view, dim, pick):
    """The old indices that one part of an index expression keeps, and whether the dimension stays."""
    size = view.shape[dim]
    if isinstance(pick, int):
        need(-size <= pick < size, "outside the dimension")
        return [range(size)[pick]], view.on_chip and dim == 0
    need((pick.step or 1) >= 1, "steps go up")
    for bound in (pick.start, pick.stop):
        need(bound is None or -size <= bound <= size, "outside the dimension")
    found = list(range(size)[pick])
    need(found, "nothing is left")
    return found, True


def leaps(view, picks):
    """True when partitions that are no neighbours remain: no operand may have that, a view need not refuse it yet."""
    return view.on_chip and len(picks[0]) > 1 and picks[0][1] - picks[0][0] > 1


def getitem(view, key):
    """t[key]: ints, slices and at most one Ellipsis."""
    key = key if isinstance(key, tuple) else (key,)
    need(sum(k is Ellipsis for k in key) <= 1, "one Ellipsis at most")
    given = sum(k is not Ellipsis for k in key)
    need(given <= len(view.shape), "more indices than dimensions")
    rest = [slice(None)] * (len(view.shape) - given)
    at = next((n for n, k in enumerate(key) if k is Ellipsis), len(key))
    full = list(key[:at]) + rest + list(key[at + 1:])
    picks, kept = zip(*(picked(view, dim, k) for dim, k in enumerate(full)))
    return take(view, picks, kept, leaps(view, picks))


def slice_(view, dim, start, end, step=1):
    """t.slice: one dimension, bounds as they stand."""
    need(0 <= dim < len(view.shape), "no such dimension")
    need(0 <= start < end <= view.shape[dim] and step >= 1, "bounds")
    return getitem(view, (slice(None),) * dim + (slice(start, end, step),))


def select(view, dim, index):
    """t.select with a number: the dimension goes, as an integer index makes it go."""
    need(0 <= dim < len(view.shape), "no such dimension")
    need(0 <= index < view.shape[dim], "outside the dimension")
    made = getitem(view, (slice(None),) * dim + (index,))
    # The documents remove the dimension, and never the partitions: which of both holds here they do not say.
    made.either |= view.on_chip and (dim == 0 or len(view.shape) == 2) or len(view.shape) == 1
    return made


def permute(view, dims):
    """t.permute."""
    need(sorted(dims) == list(range(len(view.shape))), "no permutation")
    need(not view.on_chip or dims[0] == 0, "partitions stay first")
    shape = [view.shape[d] for d in dims]
    return view.made(shape, {tuple(i[d] for d in dims): at for i, at in view.elements.items()})


def broadcast(view, dim, size):
    """t.broadcast: the one element again and again."""
    need(0 <= dim < len(view.shape), "no such dimension")
    need(view.shape[dim] == 1 and size >= 1, "only a dimension of one element repeats")
    need(not (view.on_chip and dim == 0), "partitions do not repeat")
    shape = view.shape[:dim] + (size,) + view.shape[dim + 1:]
    return view.made(shape, {i: view.elements[i[:dim] + (0,) + i[dim + 1:]] for i in indices(shape)})


def expand_dim(view, dim):
    """t.expand_dim."""
    need(0 <= dim <= len(view.shape), "no such place")
    need(not (view.on_chip and dim == 0), "partitions stay first")
    shape = view.shape[:dim] + (1,) + view.shape[dim:]
    return view.made(shape, {i[:dim] + (0,) + i[dim:]: at for i, at in view.elements.items()})


def squeeze_dim(view, dim):
    """t.squeeze_dim."""
    need(0 <= dim < len(view.shape), "no such dimension")
    need(view.shape[dim] == 1, "more than one element")
    need(not (view.on_chip and dim == 0), "partitions stay")
    if len(view.shape) == (2 if view.on_chip else 1):
        # On chip a tensor has two dimensions at least, elsewhere one: it stays as it is, or is refused.
        return view.made(view.shape, view.elements, either=True)
    shape = view.shape[:dim] + view.shape[dim + 1:]
    return view.made(shape, {i[:dim] + i[dim + 1:]: at for i, at in view.elements.items()})


def reshape(view, shape):
    """t.reshape: the elements in row-major order under new indices."""
    need(prod(shape) == prod(view.shape) and all(n >= 1 for n in shape), "another number of elements")
    need(not view.on_chip or shape[0] == view.shape[0], "partitions stay")
    return view.made(shape, {i: view.elements[j] for i, j in zip(indices(shape), indices(view.shape))})


def reshape_dim(view, dim, shape):
    """t.reshape_dim: one dimension becomes several; one of them may be -1."""
    need(0 <= dim < len(view.shape), "no such dimension")
    need(sum(n == -1 for n in shape) <= 1 and all(n >= 1 or n == -1 for n in shape), "sizes")
    known = prod(n for n in shape if n != -1)
    if -1 in shape:
        need(view.shape[dim] % known == 0, "no whole size is left")
        shape = tuple(view.shape[dim] // known if n == -1 else n for n in shape)
    need(prod(shape) == view.shape[dim], "another number of elements")
    need(not (view.on_chip and dim == 0 and shape[0] != view.shape[0]), "partitions stay")
    made = reshape(view, view.shape[:dim] + tuple(shape) + view.shape[dim + 1:])
    made.either |= view.on_chip and dim == 0 and len(shape) > 1
    return made


def flatten_dims(view, start, end):
    """t.flatten_dims: dimensions start to end, both included, become one."""
    need(0 <= start <= end < len(view.shape), "no such dimensions")
    need(not (view.on_chip and start == 0 < end), "partitions stay apart")
    made = reshape(view, view.shape[:start] + (prod(view.shape[start:end + 1]),) + view.shape[end + 1:])
    made.either |= view.on_chip and start == 0
    return made


def names_of(pattern):
    """The names of a pattern of rearrange, groups opened."""
    return [name for part in pattern for name in (part if isinstance(part, tuple) else (part,))]


def sizes_of(view, source, fixed):
    """The size of every name of rearrange."""
    sizes = dict(fixed)
    for part, size in zip(source, view.shape):
        group = part if isinstance(part, tuple) else (part,)
        unknown = [name for name in group if name not in sizes]
        need(len(unknown) <= 1, "more than one size is unknown")
        known = prod(sizes[name] for name in group if name in sizes)
        if unknown:
            need(known >= 1 and size % known == 0, "no whole size is left")
            sizes[unknown[0]] = size // known
        need(prod(sizes[name] for name in group) == size, "another number of elements")
    return sizes


def rearrange(view, source, target, fixed=None):
    """t.rearrange: split by name, order by name, merge by name."""
    names, wanted = names_of(source), names_of(target)
    need(len(source) == len(view.shape), "one part a dimension")
    need(len(set(names)) == len(names) and sorted(names) == sorted(wanted), "the same names on both sides")
    need(set(fixed or {}) <= set(names), "a size for an unknown name")
    sizes = sizes_of(view, source, fixed or {})
    if view.on_chip:
        need(source[0] == target[0] and isinstance(source[0], str), "partitions stay first, alone")
    split = dict(zip(indices([sizes[n] for n in names]), (view.elements[i] for i in indices(view.shape))))
    shape = [prod(sizes[n] for n in (p if isinstance(p, tuple) else (p,))) for p in target]
    elements = {}
    for new, named in zip(indices(shape), indices([sizes[n] for n in wanted])):
        place = dict(zip(wanted, named))
        elements[new] = split[tuple(place[n] for n in names)]
    return view.made(shape, elements)


def as_dtype(view, itemsize):
    """t.view(dtype): the same bytes as elements of another size, along the last dimension."""
    last = view.shape[-1]
    parts = [(view.elements[i + (j,)] + b) for i in indices(view.shape[:-1]) for j in range(last)
             for b in range(view.itemsize)]
    need(last * view.itemsize % itemsize == 0, "no whole number of elements")
    shape = view.shape[:-1] + (last * view.itemsize // itemsize,)
    groups = [parts[n:n + itemsize] for n in range(0, len(parts), itemsize)]
    need(all(g == list(range(g[0], g[0] + itemsize)) for g in groups), "an element would not be in one piece")
    # Bytes of one size need no contiguous last dimension; the documents ask for one all the same.
    either = itemsize == view.itemsize and view.step(len(view.shape) - 1) not in (None, itemsize)
    # A row that is no whole number of the new elements: one partition can be seen, no stride leads to the next.
    either |= view.on_chip and view.storage.row_bytes % itemsize != 0
    return view.made(shape, dict(zip(indices(shape), (g[0] for g in groups))), itemsize, either)


def ap(view, pattern, offset=None, itemsize=None):
    """t.ap: [step, count] levels over the storage, whatever the view; the offset is the view's unless given."""
    itemsize = itemsize or view.itemsize
    need(pattern and all(count >= 1 for _, count in pattern), "counts")
    start = view.first() if offset is None else offset * itemsize
    need(start >= 0 and start % itemsize == 0, "the offset")
    shape = [count for _, count in pattern]
    step = pattern[0][0]
    if view.on_chip and step * itemsize == prod(view.shape[1:]) * view.itemsize and 0 <= (offset or 0) < step:
        # The next partition of the view; where a row is no whole number of elements nothing is decided.
        pattern = [[view.storage.row_bytes // itemsize, pattern[0][1]]] + pattern[1:]
    elements = {i: start + itemsize * sum(n * s for n, (s, _) in zip(i, pattern)) for i in indices(shape)}
    need(all(0 <= at <= view.storage.bytes - itemsize for at in elements.values()), "outside the storage")
    either = False
    if view.on_chip:
        row, (step, count) = view.storage.row_bytes, pattern[0]
        need(count == 1 or step * itemsize == row, "partitions lie one row apart")
        either = step * itemsize != row or len(pattern) < 2
        ends = ((i[0], at, at + itemsize - 1) for i, at in elements.items())
        need(all(a // row == z // row == start // row + p for p, a, z in ends), "outside the partition")
    return view.made(shape, elements, itemsize, either)
