"""Elementwise sum: z[M, N] = x[M, N] + y[M, N].

A tile is 128 rows, one on each partition, of up to 8 KiB. For each tile there are two loads, one addition on the Vector
engine and one store: three transfers for an addition, so DMA bounds the kernel.
"""

from trnemu.testing import demonstrate, integers, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

ROW_BYTES = 8 * 1024


@nki.jit
def add(x, y):
    """z = x + y, elements of 2 or 4 bytes."""
    rows, columns = x.shape
    z = nl.ndarray((rows, columns), dtype=x.dtype, buffer=nl.shared_hbm)
    width = ROW_BYTES // element_bytes(z.dtype)
    for m in nl.affine_range(0, rows, nl.tile_size.pmax):
        m_end = min(m + nl.tile_size.pmax, rows)
        for n in nl.affine_range(0, columns, width):
            n_end = min(n + width, columns)
            shape = (m_end - m, n_end - n)
            a = nl.ndarray(shape, dtype=x.dtype, buffer=nl.sbuf)
            b = nl.ndarray(shape, dtype=y.dtype, buffer=nl.sbuf)
            total = nl.ndarray(shape, dtype=z.dtype, buffer=nl.sbuf)
            nisa.dma_copy(dst=a, src=x[m:m_end, n:n_end])
            nisa.dma_copy(dst=b, src=y[m:m_end, n:n_end])
            nisa.tensor_tensor(dst=total, data1=a, data2=b, op=nl.add)
            nisa.dma_copy(dst=z[m:m_end, n:n_end], src=total)
    return z


def element_bytes(dtype):
    """Bytes of an element."""
    return 4 if dtype in (nl.float32, nl.int32, nl.uint32) else 2


def reference(x, y):
    """The same in Python."""
    return [[a + b for a, b in zip(row_of_x, row_of_y)] for row_of_x, row_of_y in zip(x, y)]


def inputs(m=512, n=2048, dtype=nl.bfloat16):
    """x and y."""
    if dtype == nl.int32:
        return integers((m, n), dtype, 1, -1000, 1000), integers((m, n), dtype, 2, -1000, 1000)
    return uniform((m, n), dtype, seed=1), uniform((m, n), dtype, seed=2)


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "ragged": inputs(300, 2500, nl.float32),
        "half": inputs(7, 33, nl.float16),
        "integers": inputs(130, 40, nl.int32),
    }


if __name__ == "__main__":
    demonstrate(add, reference, cases()["default"])
