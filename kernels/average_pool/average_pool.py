"""Average pooling: y[C, H / S, W / S] = mean of each S x S window of x[C, H, W].

A channel lies on a partition, 128 channels at a time, as many rows of windows at a time as 32 KiB hold. Nothing is
moved to gather a window: the tile is seen as [C, H / S, S, W / S, S], its dimensions reordered so that those of a
window stand last, and Vector adds up along these two.
"""

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

LOADED_ELEMENTS = 8192


@nki.jit
def average_pool(x, size):
    """y of x's type; size divides height and width."""
    channels, height, width = x.shape
    assert height % size == 0 and width % size == 0, f"windows of {size} do not divide {height} x {width}"
    y = nl.ndarray((channels, height // size, width // size), dtype=x.dtype, buffer=nl.shared_hbm)
    at_once = max(1, LOADED_ELEMENTS // (width * size))
    for c in nl.affine_range(0, channels, nl.tile_size.pmax):
        c_end = min(c + nl.tile_size.pmax, channels)
        for h in nl.affine_range(0, height // size, at_once):
            h_end = min(h + at_once, height // size)
            pool(y[c:c_end, h:h_end], x[c:c_end, h * size:h_end * size], size)
    return y


def pool(y, x, size):
    """Some rows of windows of up to 128 channels."""
    channels, rows, columns = y.shape
    tile = nl.ndarray(x.shape, dtype=x.dtype, buffer=nl.sbuf)
    sums = nl.ndarray(y.shape, dtype=nl.float32, buffer=nl.sbuf)
    result = nl.ndarray(y.shape, dtype=y.dtype, buffer=nl.sbuf)
    nisa.dma_copy(dst=tile, src=x)
    windows = tile.reshape((channels, rows, size, columns, size)).permute((0, 1, 3, 2, 4))
    nisa.tensor_reduce(dst=sums, op=nl.add, data=windows, axis=(3, 4))
    nisa.tensor_scalar(dst=result, data=sums, op0=nl.multiply, operand0=1 / (size * size))
    nisa.dma_copy(dst=y, src=result)


def reference(x, size):
    """The same in Python."""
    return [[pooled_row(channel[h:h + size], size) for h in range(0, len(channel), size)] for channel in x]


def pooled_row(rows, size):
    """The means of the windows in some rows."""
    return [sum(sum(row[w:w + size]) for row in rows) / size ** 2 for w in range(0, len(rows[0]), size)]


def inputs(c=128, h=32, w=64, size=2, dtype=nl.float32):
    """x and the size of a window."""
    return uniform((c, h, w), dtype, seed=1), size


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "bands": inputs(2, 512, 64, 4),
        "channels": inputs(150, 6, 9, 3, nl.bfloat16),
        "whole": inputs(3, 7, 7, 7),
    }


if __name__ == "__main__":
    demonstrate(average_pool, reference, cases()["default"])
