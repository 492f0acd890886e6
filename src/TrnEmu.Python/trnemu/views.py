"""The algebra of strided views: shapes, strides and offsets in elements, no memory.

Element (i0, i1, ...) of a view lies at ``offset + sum(strides[k] * ik)``. Each function gives the new shape, strides
and, where it changes, the offset; or raises ViewError that says why no such view exists.
"""


class ViewError(ValueError):
    """Why a view cannot be made: value, limit, reason."""


def contiguous(shape):
    """Row-major strides."""
    strides, step = [], 1
    for extent in reversed(shape):
        strides.append(step)
        step *= extent
    return tuple(reversed(strides))


def product(extents):
    """Number of elements."""
    n = 1
    for extent in extents:
        n *= extent
    return n


def dimension(shape, dim, what):
    """The dimension as a number from 0; negative ones count from the end."""
    rank = len(shape)
    if not isinstance(dim, int) or not -rank <= dim < rank:
        raise ViewError(f"{what}: dimension {dim} of {list(shape)}, must be 0 to {rank - 1}")
    return dim % rank


def slice_dim(shape, strides, offset, dim, start, end, step):
    """Elements start, start + step, ... below end of one dimension."""
    extent = shape[dim]
    if step < 1:
        raise ViewError(f"slice {start}:{end}:{step} of dimension {dim} has step {step}, must be at least 1")
    if not 0 <= start < end <= extent:
        raise ViewError(f"slice {start}:{end} of dimension {dim} is empty or outside its {extent} elements")
    count = (end - start + step - 1) // step
    return (
        shape[:dim] + (count,) + shape[dim + 1:],
        strides[:dim] + (strides[dim] * step,) + strides[dim + 1:],
        offset + start * strides[dim],
    )


def reshape(shape, strides, new, first=0):
    """Strides of the same elements in the same order under another shape; dimensions before ``first`` stay."""
    old = [(n, s) for n, s in zip(shape[first:], strides[first:]) if n != 1]
    result, position, wanted = [], 0, list(new[first:])
    i = 0
    while i < len(wanted):
        if wanted[i] == 1:
            result.append(None)
            i += 1
            continue
        # A group of old dimensions and a group of new ones with as many elements.
        group, have, j, want = [], 1, i, 1
        while True:
            if have == want and have > 1:
                break
            if have <= want and position < len(old) and (have < want or have == 1):
                group.append(old[position])
                have *= old[position][0]
                position += 1
            elif j < len(wanted) and want < have:
                want *= wanted[j]
                j += 1
            else:
                raise ViewError(
                    f"{list(shape)} cannot be seen as {list(new)}: they have not the same number of elements")
        for (_, outer), (count, inner) in zip(group, group[1:]):
            if outer != count * inner:
                raise ViewError(
                    f"{list(shape)} with strides {list(strides)} cannot be seen as {list(new)}: "
                    "its elements are not evenly spaced")
        step = group[-1][1]
        part = []
        for extent in reversed(wanted[i:j]):
            part.append(step)
            step *= extent
        result.extend(reversed(part))
        i = j
    step = 1
    for k in range(len(result) - 1, -1, -1):
        if result[k] is None:
            result[k] = step
        step = result[k] * wanted[k]
    return tuple(strides[:first]) + tuple(result)


def infer(total, shape, what):
    """The shape with its one -1 replaced."""
    shape = tuple(shape)
    if any(not isinstance(n, int) or n < -1 or n == 0 for n in shape) or shape.count(-1) > 1:
        raise ViewError(f"{what}: {list(shape)} is no shape: positive integers, at most one -1")
    if -1 in shape:
        known = product(n for n in shape if n != -1)
        if total % known:
            raise ViewError(f"{what}: {total} elements cannot be divided by {known}")
        shape = tuple(total // known if n == -1 else n for n in shape)
    if product(shape) != total:
        raise ViewError(f"{what}: {list(shape)} has {product(shape)} elements, there are {total}")
    return shape


def merged_stride(shape, strides, start, end):
    """The stride of dimensions start to end seen as one; 1-element dimensions do not matter."""
    parts = [(n, s) for n, s in zip(shape[start:end + 1], strides[start:end + 1]) if n != 1]
    for (_, outer), (count, inner) in zip(parts, parts[1:]):
        if outer != count * inner:
            raise ViewError(
                f"dimensions {start} to {end} of {list(shape)} with strides {list(strides)} cannot be merged: "
                "they are not contiguous")
    return parts[-1][1] if parts else strides[end]


def is_contiguous(shape, strides, first):
    """Row-major order from dimension ``first`` on."""
    step = 1
    for extent, stride in zip(reversed(shape[first:]), reversed(strides[first:])):
        if extent != 1 and stride != step:
            return False
        step *= extent
    return True


def parse_rearrange(shape, source, target, sizes):
    """Names of the dimensions after splitting, their extents, and the groups of the result."""
    source, target = [_group(g) for g in source], [_group(g) for g in target]
    if len(source) != len(shape):
        raise ViewError(f"rearrange: the source pattern has {len(source)} dimensions, the tensor has {len(shape)}")
    extents = {}
    for extent, names in zip(shape, source):
        known = {n: sizes[n] for n in names if n in sizes}
        open_ = [n for n in names if n not in sizes]
        rest = product(known.values())
        if len(open_) > 1 or rest < 1 or extent % rest or (not open_ and rest != extent):
            raise ViewError(
                f"rearrange: dimension of {extent} cannot be split into {', '.join(names)} with sizes {known}")
        for name in names:
            if name in extents:
                raise ViewError(f"rearrange: {name} stands twice in the source pattern")
            extents[name] = known.get(name, extent // rest)
    flat = [n for g in target for n in g]
    if sorted(flat) != sorted(extents):
        raise ViewError(f"rearrange: {', '.join(flat)} must be the names {', '.join(extents)}, each once")
    return [n for g in source for n in g], extents, target, source


def _group(names):
    return (names,) if isinstance(names, str) else tuple(names)
