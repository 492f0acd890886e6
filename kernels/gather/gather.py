"""Elements of rows by number: y[M, K] = x[M, ids[M, K]].

A row lies on a partition, 128 rows at a time: GpSimd lets each partition pick among its own elements. Rows of a table
by number need no engine at all: see kernels/embedding.
"""

from trnemu.testing import demonstrate, integers, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl


@nki.jit
def gather(x, ids):
    """y of x's type; ids uint32 [M, K]; rows of x and y fit SBUF."""
    rows, columns = x.shape
    count = ids.shape[1]
    y = nl.ndarray((rows, count), dtype=x.dtype, buffer=nl.shared_hbm)
    for m in nl.affine_range(0, rows, nl.tile_size.pmax):
        m_end = min(m + nl.tile_size.pmax, rows)
        tile = nl.ndarray((m_end - m, columns), dtype=x.dtype, buffer=nl.sbuf)
        index = nl.ndarray((m_end - m, count), dtype=ids.dtype, buffer=nl.sbuf)
        picked = nl.ndarray((m_end - m, count), dtype=x.dtype, buffer=nl.sbuf)
        nisa.dma_copy(dst=tile, src=x[m:m_end])
        nisa.dma_copy(dst=index, src=ids[m:m_end])
        nisa.nc_n_gather(dst=picked, data=tile, indices=index)
        nisa.dma_copy(dst=y[m:m_end], src=picked)
    return y


def reference(x, ids):
    """The same in Python."""
    return [[row[i] for i in chosen] for row, chosen in zip(x, ids)]


def inputs(m=128, n=512, k=64, dtype=nl.float32):
    """x, and numbers of its columns."""
    return uniform((m, n), dtype, seed=1), integers((m, k), nl.uint32, 2, 0, n)


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "ragged": inputs(131, 33, 77, nl.bfloat16),
        "one": inputs(1, 5, 1),
    }


TOLERANCE = 0

if __name__ == "__main__":
    demonstrate(gather, reference, cases()["default"], TOLERANCE)
