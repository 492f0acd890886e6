"""Matrix product of microscaled operands, for trn3: y[M, N] = mx(left[K, M]).T @ mx(right[K, N]).

bf16 comes from HBM, Vector quantises groups of 32 terms to e4m3fn with a scale each, and every cell of the array
multiplies four terms at once: 512 terms take the time of 128. Term 4 p + j of a step is part j of the elements of
partition p.
"""

import math
import os
from operator import mul

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

TILE_M = 128
TILE_N = 512
PARTS = 4
QUADRANT = 32
TILE_K = PARTS * 128
GROUP = 32
MAX_EXPONENT = 8


@nki.jit
def matmul_mx(left, right):
    """y in bf16, its sums in fp32."""
    rows, columns = left.shape[1], right.shape[1]
    y = nl.ndarray((rows, columns), dtype=nl.bfloat16, buffer=nl.shared_hbm)
    steps_of_left = quantise(left)
    steps_of_right = quantise(right)
    for m in nl.affine_range(0, rows, TILE_M):
        m_end = min(m + TILE_M, rows)
        m_even = m_end + (m_end - m) % 2
        for n in nl.affine_range(0, columns, TILE_N):
            n_end = min(n + TILE_N, columns)
            sums = nl.ndarray((m_even - m, n_end - n), dtype=nl.float32, buffer=nl.psum)
            for step in nl.affine_range(len(steps_of_left)):
                a = steps_of_left[step]
                b = steps_of_right[step]
                nisa.nc_matmul_mx(
                    dst=sums, stationary=a[0][:, m:m_even], moving=b[0][:, n:n_end], stationary_scale=a[1][:, m:m_even],
                    moving_scale=b[1][:, n:n_end], accumulate=step > 0)
            result = nl.ndarray((m_end - m, n_end - n), dtype=y.dtype, buffer=nl.sbuf)
            nisa.tensor_copy(dst=result, src=sums[0:m_end - m], engine=nisa.engine.vector)
            nisa.dma_copy(dst=y[m:m_end, n:n_end], src=result)
    return y


def quantise(operand):
    """The steps of an operand [K, F], 512 terms each: pairs of elements and scales."""
    terms = operand.shape[0]
    steps = []
    for k in nl.affine_range(0, terms, TILE_K):
        steps.append(quantise_step(operand[k:min(k + TILE_K, terms)]))
    return steps


def quantise_step(rows):
    """(elements, scales), each [partitions, F], of up to 512 terms.

    The terms come four to a partition and side by side, and each four are turned into neighbours. Terms and a column
    that fill up are zeros, which change neither a scale nor a sum.
    """
    count, width = rows.shape
    full = count // PARTS
    partitions = (count + PARTS * QUADRANT - 1) // (PARTS * QUADRANT) * QUADRANT
    columns = width + width % 2
    loaded = nl.ndarray((partitions, PARTS, columns), dtype=rows.dtype, buffer=nl.sbuf)
    if full < partitions or columns > width:
        nisa.memset(dst=loaded, value=0)
    if full > 0:
        fours = rows[0:PARTS * full].reshape_dim(0, (full, PARTS))
        nisa.dma_copy(dst=loaded[0:full, :, 0:width], src=fours)
    if count > PARTS * full:
        last = rows[PARTS * full:count].expand_dim(0)
        nisa.dma_copy(dst=loaded[full:full + 1, 0:count - PARTS * full, 0:width], src=last)

    turned = nl.ndarray((partitions, columns, PARTS), dtype=rows.dtype, buffer=nl.sbuf)
    nisa.tensor_copy(dst=turned, src=loaded.permute((0, 2, 1)))
    elements = nl.ndarray((partitions, columns), dtype=nl.float8_e4m3fn_x4, buffer=nl.sbuf)
    scales = nl.ndarray((partitions, columns), dtype=nl.float8_e8m0fnu, buffer=nl.sbuf)
    nisa.quantize_mx(dst=elements, src=turned.reshape((partitions, columns * PARTS)), dst_scale=scales)
    return elements, scales


def reference(left, right):
    """The product of what the operands are after quantising: what is left to the tolerance is the rounding of y."""
    columns_of_left = [quantised(column) for column in zip(*left)]
    columns_of_right = [quantised(column) for column in zip(*right)]
    return [[sum(map(mul, a, b)) for b in columns_of_right] for a in columns_of_left]


def quantised(column):
    """Groups of 32 terms as e4m3fn times a power of two."""
    result = []
    for start in range(0, len(column), GROUP):
        group = column[start:start + GROUP]
        largest = max(abs(v) for v in group)
        scale = 2.0 ** (math.frexp(largest)[1] - 1 - (MAX_EXPONENT - 1)) if largest else 1.0
        result += [rounded(v / scale) * scale for v in group]
    return result


def rounded(value):
    """To e4m3fn: 3 fraction bits, the smallest normal number 2^-6."""
    if value == 0:
        return 0.0
    unit = 2.0 ** (max(math.frexp(value)[1] - 1, -6) - 3)
    return round(value / unit) * unit


def inputs(m=512, n=512, k=512, dtype=nl.bfloat16):
    """The operands, the left one transposed."""
    return uniform((k, m), dtype, seed=1), uniform((k, n), dtype, seed=2)


def cases():
    """Inputs by name."""
    return {
        "default": inputs(256, 512, 256),
        "ragged": inputs(150, 530, 200),
        "row": inputs(1, 513, 130),
        "deep": inputs(32, 520, 1100),
    }


if __name__ == "__main__":
    os.environ.setdefault("NEURON_PLATFORM_TARGET_OVERRIDE", "trn3")
    demonstrate(matmul_mx, reference, cases()["default"])
