"""New tensors, and what moves them between HBM and SBUF."""

from .. import dtypes
from ..allocation import ndarray
from ..errors import fail
from ..regions import sbuf
from . import _tiles, isa

# Bytes of each partition of the tile from which a tensor in HBM is filled.
_FILL_BYTES = 8 << 10
_PARTITIONS = 128


def full(shape, fill_value, dtype, buffer=sbuf, name=""):
    """A new tensor that holds fill_value, rounded once to dtype."""
    result = ndarray(shape, dtype, buffer, name)
    value = _tiles.number(fill_value, "nl.full", "fill_value")
    if result.buffer.is_on_chip:
        isa.memset(dst=result, value=value)
    else:
        _fill(result, lambda tile: isa.memset(dst=tile, value=value))
    return result


def zeros(shape, dtype, buffer=sbuf, name=""):
    """A new tensor that holds 0."""
    return full(shape, 0.0, dtype, buffer, name)


def ones(shape, dtype, buffer=sbuf, name=""):
    """A new tensor that holds 1."""
    return full(shape, 1.0, dtype, buffer, name)


def zeros_like(x, dtype=None, buffer=None, name=""):
    """A new tensor of the shape, type and region of x that holds 0."""
    return full(*_like("nl.zeros_like", x, dtype, buffer, 0.0), name)


def empty_like(x, dtype=None, buffer=None, name=""):
    """A new tensor of the shape, type and region of x that holds nothing yet."""
    shape, _, dtype, buffer = _like("nl.empty_like", x, dtype, buffer, None)
    return ndarray(shape, dtype, buffer, name)


def rand(shape, dtype, buffer=sbuf, name=""):
    """A new tensor of random numbers of [0, 1), rounded once to dtype: rand2, before generation 4 (rng >> 8) 2^-24."""
    result = ndarray(shape, dtype, buffer, name)
    if result.buffer.is_on_chip:
        _randomize(result)
    else:
        _fill(result, _randomize, every=True)
    return result


def random_seed(seed):
    """Sets the generators of the Vector engine from the 32 bits of a tile [1, 1]."""
    isa.set_rng_seed(src_seeds=_tiles.tile(seed, "nl.random_seed", "seed"))


def dropout(x, rate, dtype=None):
    """x, each element made 0 with probability rate, a number or a tile [P, 1]; the others are not scaled."""
    name = "nl.dropout"
    dtype = _tiles.element_type(dtype, _tiles.tile(x, name).dtype, name)
    rate = _tiles.tile(rate, name, "rate") if _tiles.is_tile(rate) else _tiles.number(rate, name, "rate")
    result = _tiles.new(x.shape, x.dtype)
    isa.dropout(dst=result, data=x, prob=rate)
    return _tiles.cast(result, dtype)


def load(src, dtype=None):
    """A tile in SBUF with the elements of a tensor in HBM, converted to dtype on the way."""
    dtype = _tiles.element_type(dtype, _tiles.in_hbm(src, "nl.load", "src").dtype, "nl.load")
    if src.ndim < 2:
        raise fail(
            f"nl.load: src has shape {list(src.shape)}, must have 2 or more dimensions: the first becomes the "
            "partitions")
    result = _tiles.new(src.shape, dtype)
    isa.dma_copy(dst=result, src=src)
    return result


def load_transpose2d(src, dtype=None):
    """A tile in SBUF, result[f, p] = src[p, f]: dma_transpose, for 8-bit elements dma_copy of the permuted view."""
    name = "nl.load_transpose2d"
    dtype = _tiles.element_type(dtype, _tiles.in_hbm(src, name, "src").dtype, name)
    if src.ndim != 2:
        raise fail(f"{name}: src has shape {list(src.shape)}, must have 2 dimensions")
    result = _tiles.new((src.shape[1], src.shape[0]), src.dtype)
    if src.dtype.itemsize > 1:
        isa.dma_transpose(dst=result, src=src)
    else:
        isa.dma_copy(dst=result, src=src.permute((1, 0)))
    return _tiles.cast(result, dtype)


def store(dst, value):
    """Writes a tile to a tensor in HBM, converted to its type."""
    _tiles.in_hbm(dst, "nl.store", "dst")
    value = _tiles.tile(value, "nl.store", "value")
    isa.dma_copy(dst=dst, src=value if value.buffer is sbuf else _tiles.copied(value, value.dtype))


def _like(name, x, dtype, buffer, value):
    if not _tiles.is_tile(x):
        raise fail(f"{name}: x is {x!r}, must be a tensor")
    return x.shape, value, x.dtype if dtype is None else dtype, x.buffer if buffer is None else buffer


def _randomize(tile):
    if _tiles.generation() >= 4:
        isa.rand2(dst=tile, min=0.0, max=1.0)
        return
    from ._elementwise import multiply, right_shift

    bits = _tiles.new(tile.shape, dtypes.uint32)
    isa.rng(dst=bits)
    isa.tensor_scalar(dst=bits, data=bits, op0=right_shift, operand0=8)
    isa.tensor_scalar(dst=tile, data=bits, op0=multiply, operand0=2.0 ** -24)


def _fill(tensor, write, every=False):
    """Fills a tensor in HBM by copies of one tile in SBUF, written once or anew for each."""
    rest, flat = tensor.size, tensor.reshape((tensor.size,))
    width = min(rest, max(1, _FILL_BYTES // tensor.dtype.itemsize))
    tile = None
    while rest:
        width = min(width, rest)
        shape = (min(_PARTITIONS, rest // width), width)
        if every or tile is None:
            tile = _tiles.new(shape, tensor.dtype)
            write(tile)
        start = tensor.size - rest
        count = shape[0] * width
        isa.dma_copy(dst=flat[start:start + count].reshape(shape), src=tile[0:shape[0], 0:width])
        rest -= count
