"""Root mean square norm: y[T, D] = x * rsqrt(mean(x^2) + 1e-5) * weight[D], mean along D.

A row lies on a partition, 128 rows at a time. Scalar squares and sums in one pass, then takes the root of the mean;
Vector multiplies by both factors in one pass. The load repeats the weights on each partition. Statistics are fp32.
"""

import math

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

EPSILON = 1e-5


@nki.jit
def rms_norm(x, weight):
    """y = x / root mean square of its row * weight."""
    rows, columns = x.shape
    y = nl.ndarray((rows, columns), dtype=x.dtype, buffer=nl.shared_hbm)
    for t in nl.affine_range(0, rows, nl.tile_size.pmax):
        t_end = min(t + nl.tile_size.pmax, rows)
        norm_rows(y[t:t_end], x[t:t_end], weight)
    return y


def norm_rows(y, x, weight):
    """Up to 128 rows."""
    rows, columns = x.shape
    tile = nl.ndarray((rows, columns), dtype=x.dtype, buffer=nl.sbuf)
    squares = nl.ndarray((rows, columns), dtype=nl.float32, buffer=nl.sbuf)
    total = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    epsilon = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    scale = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    result = nl.ndarray((rows, columns), dtype=y.dtype, buffer=nl.sbuf)

    nisa.dma_copy(dst=tile, src=x)
    nisa.activation_reduce(dst=squares, op=nl.square, data=tile, reduce_op=nl.add, reduce_res=total)
    nisa.memset(dst=epsilon, value=EPSILON)
    nisa.activation(dst=scale, op=nl.rsqrt, data=total, bias=epsilon, scale=1 / columns)

    factors = nl.ndarray((rows, columns), dtype=weight.dtype, buffer=nl.sbuf)
    nisa.dma_copy(dst=factors, src=weight.reshape((1, columns)).broadcast(0, rows))
    nisa.scalar_tensor_tensor(
        dst=result, data=tile, op0=nl.multiply, operand0=scale, op1=nl.multiply, operand1=factors)
    nisa.dma_copy(dst=y, src=result)


def reference(x, weight):
    """The same in Python."""
    return [norm_of_row(row, weight) for row in x]


def norm_of_row(row, weight):
    """The row divided by its root mean square, times the weights."""
    root = math.sqrt(sum(v * v for v in row) / len(row) + EPSILON)
    return [v / root * w for v, w in zip(row, weight)]


def inputs(t=128, d=512, dtype=nl.bfloat16):
    """x and weight."""
    return uniform((t, d), dtype, seed=1), uniform((d,), dtype, seed=2)


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "decode": inputs(1, 64, nl.float32),
        "ragged": inputs(131, 1000, nl.float32),
    }


if __name__ == "__main__":
    demonstrate(rms_norm, reference, cases()["default"])
