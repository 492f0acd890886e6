"""Rows of a table by number: y[T, D] = table[ids[T], D].

From HBM to HBM: only the numbers come to SBUF, one on each partition, where the DMA reads them while it runs, 128
rows at once. No engine computes.
"""

from trnemu.testing import demonstrate, integers, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl


@nki.jit
def embedding(table, ids):
    """y of the table's type; ids int32 [T, 1]."""
    tokens, columns = ids.shape[0], table.shape[1]
    y = nl.ndarray((tokens, columns), dtype=table.dtype, buffer=nl.shared_hbm)
    for t in nl.affine_range(0, tokens, nl.tile_size.pmax):
        t_end = min(t + nl.tile_size.pmax, tokens)
        index = nl.ndarray((t_end - t, 1), dtype=ids.dtype, buffer=nl.sbuf)
        nisa.dma_copy(dst=index, src=ids[t:t_end])
        nisa.dma_copy(dst=y[t:t_end], src=table.vector_select(0, index))
    return y


def reference(table, ids):
    """The same in Python."""
    return [table[i] for (i,) in ids]


def inputs(t=128, v=512, d=512, dtype=nl.bfloat16):
    """The table, and numbers of its rows."""
    return uniform((v, d), dtype, seed=1), integers((t, 1), nl.int32, 2, 0, v)


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "decode": inputs(1, 512, 64, nl.float32),
        "ragged": inputs(131, 33, 77, nl.float32),
    }


TOLERANCE = 0

if __name__ == "__main__":
    demonstrate(embedding, reference, cases()["default"], TOLERANCE)
