"""Matrix product in five steps: y[M, N] = left[K, M].T @ right[K, N].

The array multiplies a stationary tile [128 terms, 128 rows of y] with a moving tile [128 terms, 512 columns of y]; the
sums of 128 x 512 elements of y fill a bank of PSUM. The left operand comes transposed, for terms lie on partitions. All
steps make the same products. What changes is when operands are loaded, and where sums wait:

matmul_naive        loads both tiles where they are needed, in the innermost loop; one bank holds the sums
matmul_tiled        the same, with a bank of its own for each tile of y: the next one starts while the last is taken out
matmul_hoisted      loads leave the innermost loop: all terms of a strip of columns come at once
matmul_free_blocks  blocks of tiles of y: what is loaded for a block serves all its tiles
matmul_blocked      blocked in K too: sums of a block fill the eight banks, operands of any size stream through SBUF
"""

from operator import mul

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

TILE_M = 128
TILE_N = 512
TILE_K = 128


@nki.jit
def matmul_naive(left, right):
    """Every product brings two small transfers, and starting them takes longer than the product itself."""
    terms, rows, columns = left.shape[0], left.shape[1], right.shape[1]
    y = nl.ndarray((rows, columns), dtype=left.dtype, buffer=nl.shared_hbm)
    bank = nl.ndarray((TILE_M, TILE_N), dtype=nl.float32, buffer=nl.psum)
    for m in nl.affine_range(0, rows, TILE_M):
        m_end = min(m + TILE_M, rows)
        for n in nl.affine_range(0, columns, TILE_N):
            n_end = min(n + TILE_N, columns)
            sums = bank[0:m_end - m, 0:n_end - n]
            for k in nl.affine_range(0, terms, TILE_K):
                k_end = min(k + TILE_K, terms)
                a = load(left[k:k_end, m:m_end])
                b = load(right[k:k_end, n:n_end])
                nisa.nc_matmul(dst=sums, stationary=a, moving=b, accumulate=k > 0)
            evict(y[m:m_end, n:n_end], sums)
    return y


@nki.jit
def matmul_tiled(left, right):
    """A bank for each tile of y. Loads still stand in the innermost loop, and bound it."""
    terms, rows, columns = left.shape[0], left.shape[1], right.shape[1]
    y = nl.ndarray((rows, columns), dtype=left.dtype, buffer=nl.shared_hbm)
    for m in nl.affine_range(0, rows, TILE_M):
        m_end = min(m + TILE_M, rows)
        for n in nl.affine_range(0, columns, TILE_N):
            n_end = min(n + TILE_N, columns)
            sums = nl.ndarray((m_end - m, n_end - n), dtype=nl.float32, buffer=nl.psum)
            for k in nl.affine_range(0, terms, TILE_K):
                k_end = min(k + TILE_K, terms)
                a = load(left[k:k_end, m:m_end])
                b = load(right[k:k_end, n:n_end])
                nisa.nc_matmul(dst=sums, stationary=a, moving=b, accumulate=k > 0)
            evict(y[m:m_end, n:n_end], sums)
    return y


@nki.jit
def matmul_hoisted(left, right):
    """A strip of columns comes with all its terms, each time into the same buffer: tiles still wait for loads."""
    terms, rows, columns = left.shape[0], left.shape[1], right.shape[1]
    y = nl.ndarray((rows, columns), dtype=left.dtype, buffer=nl.shared_hbm)
    slots = (terms + TILE_K - 1) // TILE_K
    all_of_left = nl.ndarray((TILE_K, slots, TILE_M), dtype=left.dtype, buffer=nl.sbuf)
    all_of_right = nl.ndarray((TILE_K, slots, TILE_N), dtype=right.dtype, buffer=nl.sbuf)
    bank = nl.ndarray((TILE_M, TILE_N), dtype=nl.float32, buffer=nl.psum)
    for m in nl.affine_range(0, rows, TILE_M):
        m_end = min(m + TILE_M, rows)
        a = all_of_left[:, :, 0:m_end - m]
        load_slots(a, left[:, m:m_end])
        for n in nl.affine_range(0, columns, TILE_N):
            n_end = min(n + TILE_N, columns)
            b = all_of_right[:, :, 0:n_end - n]
            load_slots(b, right[:, n:n_end])
            sums = bank[0:m_end - m, 0:n_end - n]
            for slot in nl.affine_range(slots):
                height = min(TILE_K, terms - slot * TILE_K)
                nisa.nc_matmul(
                    dst=sums, stationary=a[0:height, slot], moving=b[0:height, slot], accumulate=slot > 0)
            evict(y[m:m_end, n:n_end], sums)
    return y


@nki.jit
def matmul_free_blocks(left, right, tiles_m=2, tiles_n=2):
    """Blocks of tiles_m x tiles_n tiles of y: larger ones load less. SBUF limits the terms."""
    rows, columns = left.shape[1], right.shape[1]
    y = nl.ndarray((rows, columns), dtype=left.dtype, buffer=nl.shared_hbm)
    for block_m in nl.affine_range(0, rows, tiles_m * TILE_M):
        block_m_end = min(block_m + tiles_m * TILE_M, rows)
        strips_of_left = load_strips(left[:, block_m:block_m_end], TILE_M)
        for block_n in nl.affine_range(0, columns, tiles_n * TILE_N):
            block_n_end = min(block_n + tiles_n * TILE_N, columns)
            strips_of_right = load_strips(right[:, block_n:block_n_end], TILE_N)
            for i in nl.affine_range(len(strips_of_left)):
                m = block_m + i * TILE_M
                m_end = min(m + TILE_M, rows)
                for j in nl.affine_range(len(strips_of_right)):
                    n = block_n + j * TILE_N
                    n_end = min(n + TILE_N, columns)
                    sums = nl.ndarray((m_end - m, n_end - n), dtype=nl.float32, buffer=nl.psum)
                    add_products(sums, strips_of_left[i], strips_of_right[j])
                    evict(y[m:m_end, n:n_end], sums)
    return y


@nki.jit
def matmul_blocked(left, right):
    """Blocks of 512 x 1024 of y over blocks of 1024 terms.

    The first product need not wait for all operands, and the sums of a tile are taken out while the next tiles of its
    block are finished.
    """
    terms, rows, columns = left.shape[0], left.shape[1], right.shape[1]
    y = nl.ndarray((rows, columns), dtype=left.dtype, buffer=nl.shared_hbm)
    for n in nl.affine_range(0, columns, 2 * TILE_N):
        n_end = min(n + 2 * TILE_N, columns)
        for m in nl.affine_range(0, rows, 4 * TILE_M):
            m_end = min(m + 4 * TILE_M, rows)
            banks = new_banks(m_end - m, n_end - n)
            for k in nl.affine_range(0, terms, 8 * TILE_K):
                k_end = min(k + 8 * TILE_K, terms)
                a = load_resident(left[k:k_end, m:m_end])
                b = load_resident(right[k:k_end, n:n_end])
                multiply_block(banks, a, b, k_end - k, k == 0)
            store_block(y[m:m_end, n:n_end], banks)
    return y


def load(tile_in_hbm):
    """A tile in SBUF."""
    tile = nl.ndarray(tile_in_hbm.shape, dtype=tile_in_hbm.dtype, buffer=nl.sbuf)
    nisa.dma_copy(dst=tile, src=tile_in_hbm)
    return tile


def load_slots(resident, operand):
    """Rows of an operand [K, F] into [128, slots, F]: row 128 j + p in partition p, slot j.

    One DMA brings all full slots, another the rest.
    """
    count = operand.shape[0]
    full = count // TILE_K
    split = full * TILE_K
    if full > 0:
        slots = operand[0:split].reshape_dim(0, (full, TILE_K)).permute((1, 0, 2))
        nisa.dma_copy(dst=resident[:, 0:full], src=slots)
    if count > split:
        nisa.dma_copy(dst=resident[0:count - split, full], src=operand[split:count])


def load_resident(operand):
    """A new tensor [128, slots, F] with the rows of an operand [K, F]."""
    count, width = operand.shape
    shape = (min(count, TILE_K), (count + TILE_K - 1) // TILE_K, width)
    resident = nl.ndarray(shape, dtype=operand.dtype, buffer=nl.sbuf)
    load_slots(resident, operand)
    return resident


def load_strips(operand, width):
    """Strips of some columns of an operand [K, F], each a list of tiles of 128 terms."""
    terms, columns = operand.shape
    strips = []
    for f in nl.affine_range(0, columns, width):
        strip = []
        for k in nl.affine_range(0, terms, TILE_K):
            strip.append(load(operand[k:min(k + TILE_K, terms), f:min(f + width, columns)]))
        strips.append(strip)
    return strips


def add_products(sums, tiles_of_left, tiles_of_right):
    """sums = the products of the tiles, added up."""
    for k in nl.affine_range(len(tiles_of_left)):
        nisa.nc_matmul(dst=sums, stationary=tiles_of_left[k], moving=tiles_of_right[k], accumulate=k > 0)


def new_banks(rows, columns):
    """Rows of tiles of fp32 sums in PSUM."""
    banks = []
    for m in nl.affine_range(0, rows, TILE_M):
        row = []
        for n in nl.affine_range(0, columns, TILE_N):
            shape = (min(TILE_M, rows - m), min(TILE_N, columns - n))
            row.append(nl.ndarray(shape, dtype=nl.float32, buffer=nl.psum))
        banks.append(row)
    return banks


def multiply_block(banks, a, b, terms, is_first):
    """Adds the products of a block of terms to the tiles of a block of y; the first block of terms begins the sums."""
    for i in nl.affine_range(len(banks)):
        m = i * TILE_M
        for j in nl.affine_range(len(banks[i])):
            n = j * TILE_N
            sums = banks[i][j]
            for k in nl.affine_range(0, terms, TILE_K):
                height = min(TILE_K, terms - k)
                nisa.nc_matmul(
                    dst=sums, stationary=a[0:height, k // TILE_K, m:m + sums.shape[0]],
                    moving=b[0:height, k // TILE_K, n:n + sums.shape[1]], accumulate=not (is_first and k == 0))


def store_block(y, banks):
    """Stores the tiles of a block of y."""
    for i in nl.affine_range(len(banks)):
        m = i * TILE_M
        for j in nl.affine_range(len(banks[i])):
            n = j * TILE_N
            sums = banks[i][j]
            evict(y[m:m + sums.shape[0], n:n + sums.shape[1]], sums)


def evict(y, sums):
    """Rounds a finished tile of sums to the type of y, on Vector, and stores it."""
    result = nl.ndarray(sums.shape, dtype=y.dtype, buffer=nl.sbuf)
    nisa.tensor_copy(dst=result, src=sums, engine=nisa.engine.vector)
    nisa.dma_copy(dst=y, src=result)


def reference(left, right, tiles_m=2, tiles_n=2):
    """The same in Python."""
    columns = list(zip(*right))
    return [[sum(map(mul, row, column)) for column in columns] for row in zip(*left)]


def inputs(m=512, n=512, k=512, dtype=nl.bfloat16):
    """The operands, the left one transposed."""
    return uniform((k, m), dtype, seed=1), uniform((k, n), dtype, seed=2)


def cases():
    """Inputs by name."""
    return {
        "default": inputs(256, 512, 256),
        "ragged": inputs(150, 530, 200, nl.float32),
        "row": inputs(1, 513, 130, nl.float16),
        "deep": inputs(32, 520, 1100),
        "wide": inputs(520, 1030, 16),
    }


KERNELS = (matmul_naive, matmul_tiled, matmul_hoisted, matmul_free_blocks, matmul_blocked)

if __name__ == "__main__":
    for step in KERNELS:
        demonstrate(step, reference, cases()["default"])
