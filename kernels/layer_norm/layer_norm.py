"""Layer norm: y[T, D] = (x - mean(x)) * rsqrt(variance(x) + 1e-5) * gamma[D] + beta[D], along D.

A row lies on a partition, 128 rows at a time. Vector finds the mean; Scalar squares the distances from it and sums
them in one pass, so that nothing cancels; Vector applies mean and gamma, then deviation and beta, a pass each.
Statistics are fp32.
"""

import math

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

EPSILON = 1e-5


@nki.jit
def layer_norm(x, gamma, beta):
    """y = (x - mean) / deviation * gamma + beta; the variance divides by the number of columns."""
    rows, columns = x.shape
    y = nl.ndarray((rows, columns), dtype=x.dtype, buffer=nl.shared_hbm)
    for t in nl.affine_range(0, rows, nl.tile_size.pmax):
        t_end = min(t + nl.tile_size.pmax, rows)
        norm_rows(y[t:t_end], x[t:t_end], gamma, beta)
    return y


def norm_rows(y, x, gamma, beta):
    """Up to 128 rows."""
    rows, columns = x.shape
    tile = nl.ndarray((rows, columns), dtype=x.dtype, buffer=nl.sbuf)
    factors = nl.ndarray((rows, columns), dtype=gamma.dtype, buffer=nl.sbuf)
    shifts = nl.ndarray((rows, columns), dtype=beta.dtype, buffer=nl.sbuf)
    squares = nl.ndarray((rows, columns), dtype=nl.float32, buffer=nl.sbuf)
    scaled = nl.ndarray((rows, columns), dtype=nl.float32, buffer=nl.sbuf)
    result = nl.ndarray((rows, columns), dtype=y.dtype, buffer=nl.sbuf)
    negative_sum = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    negative_mean = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    distances = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    epsilon = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    share = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)

    nisa.dma_copy(dst=tile, src=x)
    nisa.dma_copy(dst=factors, src=gamma.reshape((1, columns)).broadcast(0, rows))
    nisa.dma_copy(dst=shifts, src=beta.reshape((1, columns)).broadcast(0, rows))
    nisa.memset(dst=epsilon, value=EPSILON)
    nisa.tensor_reduce(dst=negative_sum, op=nl.add, data=tile, axis=1, negate=True)
    nisa.tensor_scalar(dst=negative_mean, data=negative_sum, op0=nl.multiply, operand0=1 / columns)
    nisa.activation_reduce(
        dst=squares, op=nl.square, data=tile, reduce_op=nl.add, reduce_res=distances, bias=negative_mean)
    nisa.activation(dst=share, op=nl.rsqrt, data=distances, bias=epsilon, scale=1 / columns)
    nisa.scalar_tensor_tensor(
        dst=scaled, data=tile, op0=nl.add, operand0=negative_mean, op1=nl.multiply, operand1=factors)
    nisa.scalar_tensor_tensor(dst=result, data=scaled, op0=nl.multiply, operand0=share, op1=nl.add, operand1=shifts)
    nisa.dma_copy(dst=y, src=result)


def reference(x, gamma, beta):
    """The same in Python."""
    return [norm_of_row(row, gamma, beta) for row in x]


def norm_of_row(row, gamma, beta):
    """The row with mean 0 and deviation 1, then times gamma plus beta."""
    mean = sum(row) / len(row)
    deviation = math.sqrt(sum((v - mean) ** 2 for v in row) / len(row) + EPSILON)
    return [(v - mean) / deviation * g + b for v, g, b in zip(row, gamma, beta)]


def inputs(t=128, d=512, dtype=nl.bfloat16):
    """x, gamma and beta."""
    return uniform((t, d), dtype, seed=1), uniform((d,), dtype, seed=2), uniform((d,), dtype, seed=3)


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "decode": inputs(1, 64, nl.float32),
        "ragged": inputs(131, 1000, nl.float32),
    }


if __name__ == "__main__":
    demonstrate(layer_norm, reference, cases()["default"])
