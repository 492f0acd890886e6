"""Rotary position embedding: neighbours (2 c, 2 c + 1) of a head are turned by an angle that grows with the position.

y[T, H, C, 2] = (x0 cos - x1 sin, x0 sin + x1 cos), with row position + t of the tables cos[S, C] and sin[S, C].

A token lies on a partition, up to 128 at a time. Vector multiplies all heads by cosines, then by sines, which strides
of 0 repeat over heads and neighbours, and joins the products crosswise. The position is data: a register holds it,
from which the DMA takes the row of the tables to begin with, so one program serves every token.
"""

import math

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl
import trnemu


@nki.jit
def rope(x, cos, sin, positions):
    """y[T, heads * pairs * 2]; the last of the positions int32 [P, 1] is that of the first token."""
    tokens, width = x.shape
    y = nl.ndarray((tokens, width), dtype=x.dtype, buffer=nl.shared_hbm)
    position = positions[positions.shape[0] - 1:positions.shape[0]]
    for t in nl.affine_range(0, tokens, nl.tile_size.pmax):
        t_end = min(t + nl.tile_size.pmax, tokens)
        # Row position + t of a table is row position of the table from row t on.
        rotate(y[t:t_end], x[t:t_end], cos[t:cos.shape[0]], sin[t:sin.shape[0]], position)
    return y


def rotate(y, x, cos, sin, position):
    """Up to 128 tokens."""
    tokens, width = x.shape
    pairs = cos.shape[1]
    heads = width // (2 * pairs)
    shape = (tokens, heads, pairs, 2)
    tile = nl.ndarray(shape, dtype=x.dtype, buffer=nl.sbuf)
    by_cos = nl.ndarray(shape, dtype=nl.float32, buffer=nl.sbuf)
    by_sin = nl.ndarray(shape, dtype=nl.float32, buffer=nl.sbuf)
    result = nl.ndarray(shape, dtype=y.dtype, buffer=nl.sbuf)

    nisa.dma_copy(dst=tile, src=x)
    start = nisa.register_alloc(position)
    cosines = load_factors(cos, start, tokens, heads)
    nisa.tensor_tensor(dst=by_cos, data1=tile, data2=cosines, op=nl.multiply)
    sines = load_factors(sin, start, tokens, heads)
    nisa.tensor_tensor(dst=by_sin, data1=tile, data2=sines, op=nl.multiply)
    nisa.tensor_tensor(
        dst=result[:, :, :, 0], data1=by_cos[:, :, :, 0], data2=by_sin[:, :, :, 1], op=nl.subtract)
    nisa.tensor_tensor(dst=result[:, :, :, 1], data1=by_cos[:, :, :, 1], data2=by_sin[:, :, :, 0], op=nl.add)
    nisa.dma_copy(dst=y, src=result)


def load_factors(table, start, tokens, heads):
    """The rows of a table from a register on, as factors of [tokens, heads, pairs, 2]."""
    rows = nl.ndarray((tokens, 1, table.shape[1], 1), dtype=table.dtype, buffer=nl.sbuf)
    nisa.dma_copy(dst=rows, src=table[nl.ds(start, tokens)])
    return rows.broadcast(1, heads).broadcast(3, 2)


def reference(x, cos, sin, positions):
    """The same in Python."""
    position = positions[-1][0]
    return [rotated(row, cos[position + t], sin[position + t]) for t, row in enumerate(x)]


def rotated(row, cos, sin):
    """All pairs of a token."""
    result = []
    for i in range(0, len(row), 2):
        c, s = cos[i // 2 % len(cos)], sin[i // 2 % len(sin)]
        result += [row[i] * c - row[i + 1] * s, row[i] * s + row[i + 1] * c]
    return result


def inputs(t=128, h=8, c=32, p=100, r=28, dtype=nl.bfloat16):
    """x, cosines and sines of p + t + r positions, and positions, the last of which is p."""
    angles = [[row / 10000 ** (i / c) for i in range(c)] for row in range(p + t + r)]
    cos = trnemu.array([[math.cos(a) for a in row] for row in angles], nl.float32)
    sin = trnemu.array([[math.sin(a) for a in row] for row in angles], nl.float32)
    return uniform((t, h * c * 2), dtype, seed=1), cos, sin, trnemu.array([[i] for i in range(p + 1)], nl.int32)


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "decode": inputs(t=1, c=4, dtype=nl.float32),
        "ragged": inputs(17, 3, 5, 0, 0, nl.float32),
    }


if __name__ == "__main__":
    demonstrate(rope, reference, cases()["default"])
