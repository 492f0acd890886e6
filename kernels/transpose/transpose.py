"""Transposition: y[N, M] = x[M, N].T, four ways.

transpose         on the Tensor engine: a band of 128 rows is loaded, its tiles of 128 x 128 stream through the array
                  into PSUM, and what comes out is copied to SBUF and stored
transpose_tiles   the same with a load for each tile; Scalar copies, and all descriptors are made before the run
transpose_vector  on the Vector engine, which transposes blocks of 32 x 32 within SBUF: no PSUM, Tensor stays free
transpose_dma     by the DMA engines on the way to SBUF: no engine computes
"""

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

TILE = 128
BLOCK = 32


@nki.jit
def transpose(x):
    """On the Tensor engine, a band of rows at a time."""
    rows, columns = x.shape
    y = nl.ndarray((columns, rows), dtype=x.dtype, buffer=nl.shared_hbm)
    for m in nl.affine_range(0, rows, TILE):
        m_end = min(m + TILE, rows)
        band = nl.ndarray((m_end - m, columns), dtype=x.dtype, buffer=nl.sbuf)
        nisa.dma_copy(dst=band, src=x[m:m_end])
        for n in nl.affine_range(0, columns, TILE):
            n_end = min(n + TILE, columns)
            flipped = nl.ndarray((n_end - n, m_end - m), dtype=x.dtype, buffer=nl.psum)
            tile = nl.ndarray((n_end - n, m_end - m), dtype=x.dtype, buffer=nl.sbuf)
            nisa.nc_transpose(dst=flipped, data=band[:, n:n_end])
            nisa.tensor_copy(dst=tile, src=flipped)
            nisa.dma_copy(dst=y[n:n_end, m:m_end], src=tile)
    return y


@nki.jit
def transpose_tiles(x):
    """On the Tensor engine, each tile loaded and stored by itself."""
    rows, columns = x.shape
    y = nl.ndarray((columns, rows), dtype=x.dtype, buffer=nl.shared_hbm)
    for m in nl.affine_range(0, rows, TILE):
        m_end = min(m + TILE, rows)
        for n in nl.affine_range(0, columns, TILE):
            n_end = min(n + TILE, columns)
            tile = nl.ndarray((m_end - m, n_end - n), dtype=x.dtype, buffer=nl.sbuf)
            flipped = nl.ndarray((n_end - n, m_end - m), dtype=x.dtype, buffer=nl.psum)
            result = nl.ndarray((n_end - n, m_end - m), dtype=x.dtype, buffer=nl.sbuf)
            nisa.dma_copy(dst=tile, src=x[m:m_end, n:n_end], dge_mode=nisa.dge_mode.none)
            nisa.nc_transpose(dst=flipped, data=tile, engine=nisa.engine.tensor)
            nisa.tensor_copy(dst=result, src=flipped, engine=nisa.engine.scalar)
            nisa.dma_copy(dst=y[n:n_end, m:m_end], src=result, dge_mode=nisa.dge_mode.none)
    return y


@nki.jit
def transpose_vector(x):
    """On the Vector engine: sixteen blocks make a tile."""
    rows, columns = x.shape
    y = nl.ndarray((columns, rows), dtype=x.dtype, buffer=nl.shared_hbm)
    for m in nl.affine_range(0, rows, TILE):
        m_end = min(m + TILE, rows)
        for n in nl.affine_range(0, columns, TILE):
            n_end = min(n + TILE, columns)
            tile = nl.ndarray((m_end - m, n_end - n), dtype=x.dtype, buffer=nl.sbuf)
            flipped = nl.ndarray((n_end - n, m_end - m), dtype=x.dtype, buffer=nl.sbuf)
            nisa.dma_copy(dst=tile, src=x[m:m_end, n:n_end])
            transpose_blocks(flipped, tile)
            nisa.dma_copy(dst=y[n:n_end, m:m_end], src=flipped)
    return y


def transpose_blocks(flipped, tile):
    """flipped = tile.T, block by block."""
    rows, columns = tile.shape
    for i in nl.affine_range(0, rows, BLOCK):
        i_end = min(i + BLOCK, rows)
        for j in nl.affine_range(0, columns, BLOCK):
            j_end = min(j + BLOCK, columns)
            nisa.nc_transpose(
                dst=flipped[j:j_end, i:i_end], data=tile[i:i_end, j:j_end], engine=nisa.engine.vector)


@nki.jit
def transpose_dma(x):
    """By the DMA engines."""
    rows, columns = x.shape
    y = nl.ndarray((columns, rows), dtype=x.dtype, buffer=nl.shared_hbm)
    for n in nl.affine_range(0, columns, TILE):
        n_end = min(n + TILE, columns)
        band = nl.ndarray((n_end - n, rows), dtype=x.dtype, buffer=nl.sbuf)
        for m in nl.affine_range(0, rows, TILE):
            m_end = min(m + TILE, rows)
            nisa.dma_transpose(dst=band[:, m:m_end], src=x[m:m_end, n:n_end])
        nisa.dma_copy(dst=y[n:n_end], src=band)
    return y


def reference(x):
    """The same in Python."""
    return [list(column) for column in zip(*x)]


def inputs(m=512, n=512, dtype=nl.bfloat16):
    """x."""
    return (uniform((m, n), dtype, seed=1),)


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "ragged": inputs(200, 333, nl.float32),
        "row": inputs(1, 130, nl.float16),
    }


KERNELS = (transpose, transpose_tiles, transpose_vector, transpose_dma)

if __name__ == "__main__":
    for kernel in KERNELS:
        demonstrate(kernel, reference, cases()["default"])
