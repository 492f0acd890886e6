"""Running sums: y[M, N] = x[M, 0] + ... + x[M, N], along N.

A row lies on a partition, 128 rows at a time, 4096 columns at a time; the last sum goes on into the next columns. A
scan on Vector makes the sums: s = (1 * s) + x, in order, in fp32; they are rounded once.
"""

from itertools import accumulate

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

PART = 4096


@nki.jit
def cumsum(x):
    """y of x's type, a float."""
    rows, columns = x.shape
    y = nl.ndarray((rows, columns), dtype=x.dtype, buffer=nl.shared_hbm)
    for m in nl.affine_range(0, rows, nl.tile_size.pmax):
        m_end = min(m + nl.tile_size.pmax, rows)
        before = None
        for n in nl.sequential_range(0, columns, PART):
            n_end = min(n + PART, columns)
            sums = scan(x[m:m_end, n:n_end], before)
            result = nl.ndarray((m_end - m, n_end - n), dtype=y.dtype, buffer=nl.sbuf)
            nisa.tensor_copy(dst=result, src=sums[:, 1:n_end - n + 1])
            nisa.dma_copy(dst=y[m:m_end, n:n_end], src=result)
            before = sums[:, n_end - n:n_end - n + 1]
    return y


def scan(x, before):
    """[P, 1 + n] in fp32: what came before, then the running sums."""
    rows, columns = x.shape
    tile = nl.ndarray((rows, columns), dtype=x.dtype, buffer=nl.sbuf)
    nisa.dma_copy(dst=tile, src=x)
    sums = nl.ndarray((rows, columns + 1), dtype=nl.float32, buffer=nl.sbuf)
    if before is None:
        nisa.memset(dst=sums[:, 0:1], value=0)
    else:
        nisa.tensor_copy(dst=sums[:, 0:1], src=before)
    one = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    nisa.memset(dst=one, value=1)
    nisa.tensor_tensor_scan(
        dst=sums[:, 1:columns + 1], data0=one.broadcast(1, columns), data1=tile, initial=sums[:, 0:1], op0=nl.multiply,
        op1=nl.add)
    return sums


def reference(x):
    """The same in Python."""
    return [list(accumulate(row)) for row in x]


def inputs(m=128, n=2048, dtype=nl.float32):
    """x."""
    return (uniform((m, n), dtype, seed=1),)


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "parts": inputs(3, 9000),
        "ragged": inputs(150, 77, nl.bfloat16),
    }


if __name__ == "__main__":
    demonstrate(cumsum, reference, cases()["default"])
