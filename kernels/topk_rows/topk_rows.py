"""The K largest elements of each row x[R, V] and their places, ascending: values[R, K] and places[R, K].

Eight rows at once, one for each GpSimd core: the DMA deals a row out over the core's 16 partitions, element i to
partition i mod 16, topk leaves its results in the same order, and the DMA collects them. Every element is a
descriptor of its own: the price of places that need no further arithmetic.
"""

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

DEAL = 16
CORES = 8


@nki.jit
def topk_rows(x, k):
    """values in bf16 and places in uint32; all V if k is more."""
    rows, columns = x.shape
    count = min(k, columns)
    values = nl.ndarray((rows, count), dtype=x.dtype, buffer=nl.shared_hbm)
    places = nl.ndarray((rows, count), dtype=nl.uint32, buffer=nl.shared_hbm)
    for r in nl.affine_range(0, rows, CORES):
        r_end = min(r + CORES, rows)
        partitions = (r_end - r) * DEAL
        dealt = nl.ndarray((partitions, (columns + DEAL - 1) // DEAL), dtype=x.dtype, buffer=nl.sbuf)
        largest = nl.ndarray((partitions, count), dtype=x.dtype, buffer=nl.sbuf)
        index = nl.ndarray((partitions, count), dtype=nl.uint32, buffer=nl.sbuf)
        for row in nl.affine_range(r, r_end):
            deal(dealt[(row - r) * DEAL:(row - r + 1) * DEAL], x[row])
        nisa.topk(val_dst=largest, idx_dst=index, src=dealt, n=columns)
        for row in nl.affine_range(r, r_end):
            collect(values[row], largest[(row - r) * DEAL:(row - r + 1) * DEAL])
        for row in nl.affine_range(r, r_end):
            collect(places[row], index[(row - r) * DEAL:(row - r + 1) * DEAL])
    return values, places


def deal(dealt, row):
    """A row [N] of HBM over 16 partitions: whole columns, then what is left."""
    columns = row.shape[0] // DEAL
    whole = columns * DEAL
    rest = row.shape[0] - whole
    if columns > 0:
        nisa.dma_copy(dst=dealt[:, 0:columns], src=row[0:whole].reshape((columns, DEAL)).permute((1, 0)))
    if rest > 0:
        nisa.dma_copy(dst=dealt[0:rest, columns:columns + 1], src=row[whole:row.shape[0]].reshape((rest, 1)))


def collect(row, dealt):
    """The other way round."""
    columns = row.shape[0] // DEAL
    whole = columns * DEAL
    rest = row.shape[0] - whole
    if columns > 0:
        nisa.dma_copy(dst=row[0:whole].reshape((columns, DEAL)).permute((1, 0)), src=dealt[:, 0:columns])
    if rest > 0:
        nisa.dma_copy(dst=row[whole:row.shape[0]].reshape((rest, 1)), src=dealt[0:rest, columns:columns + 1])


def reference(x, k):
    """The same in Python; of equal elements the first is the larger one."""
    places = [sorted(range(len(row)), key=lambda i: (-row[i], i))[:k][::-1] for row in x]
    return [[row[i] for i in chosen] for row, chosen in zip(x, places)], places


def inputs(r=8, v=1024, k=32, dtype=nl.bfloat16):
    """x and k."""
    return uniform((r, v), dtype, seed=1), k


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "ragged": inputs(11, 100, 21),
        "greedy": inputs(1, 333, 1),
    }


TOLERANCE = 0

if __name__ == "__main__":
    demonstrate(topk_rows, reference, cases()["default"], TOLERANCE)
