"""Draws one step of a chain: mostly one that the view allows, now and then one that it must refuse."""

from math import prod

from view_chains import MOST_DIMENSIONS, TYPES, Ds


def draw(random, view):
    """A method's name and its arguments."""
    name = random.choice(tuple(STEPS))
    return name, STEPS[name](random, view)


def a_dim(random, view):
    """Most often a dimension of the view."""
    return random.randrange(len(view.shape)) if random.random() < 0.95 else len(view.shape)


def size_of(view, dim):
    """The size of a dimension, 1 for one that is not there."""
    return view.shape[dim] if dim < len(view.shape) else 1


def index(random, view):
    """t[...] with numbers, slices, nl.ds and an Ellipsis."""
    count = random.randint(0, len(view.shape) + (random.random() < 0.05))
    key = [index_part(random, size_of(view, dim)) for dim in range(count)]
    if not key or random.random() < 0.3:
        key.insert(random.randint(0, len(key)), Ellipsis)
        split = key.index(Ellipsis)
        key[split + 1:] = [index_part(random, size) for size in view.shape[len(view.shape) - len(key) + split + 1:]]
    if random.random() < 0.03:
        key.append(Ellipsis)
    return (key[0] if len(key) == 1 and random.random() < 0.5 else tuple(key),)


def index_part(random, size):
    """One part of an index expression; sometimes outside."""
    out = random.random() < 0.04
    kind = random.choice("isssd")
    if kind == "i":
        return random.randint(-size - out, size - 1 + out)
    if kind == "d":
        first = random.randrange(size)
        return Ds(first, random.randint(0 if out else 1, size - first + out))
    first = random.choice((None, random.randrange(size), -random.randint(1, size)))
    last = random.choice((None, random.randint(0, size + out), -random.randint(1, size)))
    step = random.choice((None, None, None, 1, 2, 3, -1 if out else 2))
    return slice(first, last, step)


def slice_(random, view):
    """t.slice(dim, start, end, step)."""
    dim = a_dim(random, view)
    size = size_of(view, dim)
    first = random.randrange(size)
    last = random.randint(first + 1, size) if random.random() < 0.9 else random.choice((first, size + 1))
    return dim, first, last, random.choice((1, 1, 2, 3, 0 if random.random() < 0.1 else 2))


def select(random, view):
    """t.select(dim, number)."""
    dim = a_dim(random, view)
    size = size_of(view, dim)
    return dim, random.randrange(size) if random.random() < 0.93 else size


def permute(random, view):
    """t.permute(dims)."""
    dims = list(range(len(view.shape)))
    if view.on_chip and random.random() < 0.9:
        rest = dims[1:]
        random.shuffle(rest)
        return (tuple(dims[:1] + rest),)
    random.shuffle(dims)
    if random.random() < 0.05:
        dims[0] = dims[-1]
    return (tuple(dims),)


def one_of_size_1(random, view):
    """A dimension of one element if there is one."""
    ones = [dim for dim, size in enumerate(view.shape) if size == 1]
    return random.choice(ones) if ones and random.random() < 0.9 else a_dim(random, view)


def broadcast(random, view):
    """t.broadcast(dim, size)."""
    return one_of_size_1(random, view), random.randint(0 if random.random() < 0.05 else 1, 4)


def expand_dim(random, view):
    """t.expand_dim(dim); a view has five dimensions at most."""
    if len(view.shape) == MOST_DIMENSIONS:
        return (len(view.shape) + 1,)
    return (random.randint(0, len(view.shape)),)


def squeeze_dim(random, view):
    """t.squeeze_dim(dim)."""
    return (one_of_size_1(random, view),)


def factors(random, size, most):
    """Some whole numbers whose product is the size."""
    found = []
    while len(found) < most - 1 and random.random() < 0.7:
        part = random.choice([n for n in range(1, size + 1) if size % n == 0])
        found.append(part)
        size //= part
    found.append(size)
    random.shuffle(found)
    return tuple(found)


def reshape(random, view):
    """t.reshape(shape)."""
    if view.on_chip and random.random() < 0.9:
        shape = view.shape[:1] + factors(random, prod(view.shape[1:]), MOST_DIMENSIONS - 1)
    else:
        shape = factors(random, prod(view.shape), MOST_DIMENSIONS)
        if view.on_chip and len(shape) < 2:
            shape += (1,)
    if random.random() < 0.05:
        shape = shape[:-1] + (shape[-1] + 1,)
    return (shape,)


def reshape_dim(random, view):
    """t.reshape_dim(dim, shape), one of them sometimes -1."""
    dim = a_dim(random, view)
    shape = list(factors(random, size_of(view, dim), MOST_DIMENSIONS + 1 - len(view.shape)))
    if random.random() < 0.1:
        shape[0] += 1
    if random.random() < 0.4:
        shape[random.randrange(len(shape))] = -1
    return dim, tuple(shape)


def flatten_dims(random, view):
    """t.flatten_dims(start, end)."""
    ends = sorted((a_dim(random, view), a_dim(random, view)))
    return tuple(ends if random.random() < 0.95 else ends[::-1])


def rearrange(random, view):
    """t.rearrange(source, target, sizes): names a, b, c …, some dimensions in two parts."""
    letters = iter("abcdefghijkl")
    source, sizes, names = [], {}, []
    room = MOST_DIMENSIONS - len(view.shape)
    for dim, size in enumerate(view.shape):
        parts = factors(random, size, 2) if room and not (view.on_chip and dim == 0) else (size,)
        room -= len(parts) - 1
        group = tuple(next(letters) for _ in parts)
        sizes.update(dict(zip(group, parts)) if len(parts) > 1 else {})
        names += group
        source.append(group if len(group) > 1 else group[0])
    for name in [n for n in sizes if random.random() < 0.3]:
        if random.random() < 0.9 and all(name not in g or sum(n in sizes for n in g) == 2 for g in source):
            del sizes[name]
    if random.random() < 0.05:
        names[-1] = "z"
    return tuple(source), draw_target(random, view, names), sizes or None


def draw_target(random, view, names):
    """The names in another order, some of them merged."""
    fixed = 1 if view.on_chip and random.random() < 0.95 else 0
    rest = names[fixed:]
    random.shuffle(rest)
    target = names[:fixed]
    while rest:
        count = 2 if len(rest) > 1 and random.random() < 0.25 else 1
        target.append(tuple(rest[:count]) if count > 1 else rest[0])
        rest = rest[count:]
    return tuple(target)


def view_(random, view):
    """t.view(dtype)."""
    return (random.choice(TYPES),)


def ap(random, view):
    """t.ap(pattern, offset, …, dtype) somewhere in the storage."""
    dtype = random.choice((None, None, None) + TYPES)
    size = dtype.itemsize if dtype else view.itemsize
    elements = max(1, view.storage.bytes // size)
    row = max(1, view.storage.row_bytes // size)
    pattern = [[random.choice((0, 1, 1, 2, 3, 4)), random.randint(1, 4)] for _ in range(random.randint(1, 3))]
    if view.on_chip:
        own = prod(view.shape[1:]) * view.itemsize // size
        step = random.choices((row, own, random.choice((1, 2 * row))), (6, 3, 1))[0]
        pattern.insert(0, [step, random.randint(1, view.storage.shape[0])])
    elif random.random() < 0.05:
        pattern[0][1] = elements + 1
    # The documents say both that a given offset is added to the view's own and that it replaces it. Where they differ
    # nothing is drawn.
    offset = random.choice((None, random.randrange(elements), random.randrange(max(1, row // 2))))
    return pattern, offset if view.first() == 0 else None, None, None, 0, dtype


STEPS = {
    "index": index, "slice": slice_, "select": select, "permute": permute, "broadcast": broadcast,
    "expand_dim": expand_dim, "squeeze_dim": squeeze_dim, "reshape": reshape, "reshape_dim": reshape_dim,
    "flatten_dims": flatten_dims, "rearrange": rearrange, "view": view_, "ap": ap,
}
