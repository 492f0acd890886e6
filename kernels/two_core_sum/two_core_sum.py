"""Sum over rows by the two cores of a logical core: y[1, N] = sum over rows of x[M, N].

Each core adds up half of the rows, as the product of a column of ones with them, and sends its sum to the other; both
then have the whole sum and each writes half of its columns to the tensor in HBM that they share. After a barrier core
0 copies the result out: it must see what core 1 wrote.
"""

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl


@nki.jit
def two_core_sum(x):
    """y in fp32; up to 256 rows and 512 columns, at least 2. To be called as two_core_sum[2](x)."""
    rows, columns = x.shape
    core = nl.program_id(0)
    y = nl.ndarray((1, columns), dtype=nl.float32, buffer=nl.shared_hbm)
    shared = nl.ndarray((1, columns), dtype=nl.float32, buffer=nl.shared_hbm)

    half = (rows + 1) // 2
    m = core * half
    m_end = min(m + half, rows)
    tile = nl.ndarray((m_end - m, columns), dtype=x.dtype, buffer=nl.sbuf)
    ones = nl.ndarray((m_end - m, 1), dtype=x.dtype, buffer=nl.sbuf)
    product = nl.ndarray((1, columns), dtype=nl.float32, buffer=nl.psum)
    own = nl.ndarray((1, columns), dtype=nl.float32, buffer=nl.sbuf)
    received = nl.ndarray((1, columns), dtype=nl.float32, buffer=nl.sbuf)
    total = nl.ndarray((1, columns), dtype=nl.float32, buffer=nl.sbuf)

    nisa.dma_copy(dst=tile, src=x[m:m_end])
    nisa.memset(dst=ones, value=1)
    nisa.nc_matmul(dst=product, stationary=ones, moving=tile)
    nisa.tensor_copy(dst=own, src=product)
    nisa.sendrecv(src=own, dst=received, send_to_rank=1 - core, recv_from_rank=1 - core, pipe_id=0)

    # Both add in the same order, so that both have the same bits.
    if core == 0:
        nisa.tensor_tensor(dst=total, data1=own, data2=received, op=nl.add)
    else:
        nisa.tensor_tensor(dst=total, data1=received, data2=own, op=nl.add)

    half = (columns + 1) // 2
    n = core * half
    n_end = min(n + half, columns)
    nisa.dma_copy(dst=shared[:, n:n_end], src=total[:, n:n_end])
    nisa.core_barrier(data=shared, cores=(0, 1), engine=nisa.engine.sync)
    if core == 0:
        nisa.dma_copy(dst=y, src=shared)
    return y


def reference(x):
    """The same in Python."""
    return [[sum(column) for column in zip(*x)]]


def inputs(m=256, n=512, dtype=nl.float32):
    """x."""
    return (uniform((m, n), dtype, seed=1),)


def cases():
    """Inputs by name."""
    return {"default": inputs(), "ragged": inputs(7, 11, nl.bfloat16)}


KERNELS = (two_core_sum[2],)

if __name__ == "__main__":
    demonstrate(two_core_sum[2], reference, cases()["default"])
