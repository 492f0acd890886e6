"""Softmax of rows: y[M, N] = exp(x - max(x)) / sum(exp(x - max(x))), along N.

A row lies on a partition, 128 rows at a time. Vector finds -max; Scalar computes e^(x - max) and its sum in one pass;
Vector multiplies by the reciprocal of the sum. Exponentials stay in fp32 until then.
"""

import math

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl


@nki.jit
def softmax(x):
    """y = softmax(x) along the last axis; a row fits SBUF."""
    rows, columns = x.shape
    y = nl.ndarray((rows, columns), dtype=x.dtype, buffer=nl.shared_hbm)
    for m in nl.affine_range(0, rows, nl.tile_size.pmax):
        m_end = min(m + nl.tile_size.pmax, rows)
        count = m_end - m
        tile = nl.ndarray((count, columns), dtype=x.dtype, buffer=nl.sbuf)
        negative_max = nl.ndarray((count, 1), dtype=nl.float32, buffer=nl.sbuf)
        exponentials = nl.ndarray((count, columns), dtype=nl.float32, buffer=nl.sbuf)
        total = nl.ndarray((count, 1), dtype=nl.float32, buffer=nl.sbuf)
        scale = nl.ndarray((count, 1), dtype=nl.float32, buffer=nl.sbuf)
        result = nl.ndarray((count, columns), dtype=x.dtype, buffer=nl.sbuf)

        nisa.dma_copy(dst=tile, src=x[m:m_end])
        nisa.tensor_reduce(dst=negative_max, op=nl.maximum, data=tile, axis=1, negate=True)
        nisa.activation_reduce(
            dst=exponentials, op=nl.exp, data=tile, reduce_op=nl.add, reduce_res=total, bias=negative_max)
        nisa.reciprocal(dst=scale, data=total)
        nisa.tensor_scalar(dst=result, data=exponentials, op0=nl.multiply, operand0=scale)
        nisa.dma_copy(dst=y[m:m_end], src=result)
    return y


def reference(x):
    """The same in Python."""
    return [softmax_of_row(row) for row in x]


def softmax_of_row(row):
    """e^(v - max) of each v, divided by their sum."""
    largest = max(row)
    exponentials = [math.exp(v - largest) for v in row]
    total = sum(exponentials)
    return [e / total for e in exponentials]


def inputs(m=512, n=1024, dtype=nl.bfloat16, low=-4, high=4):
    """x."""
    return (uniform((m, n), dtype, 1, low, high),)


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "ragged": inputs(200, 1000, nl.float32),
        "one_column": inputs(130, 1, nl.float16),
        "large": inputs(40, 100, nl.float32, 190, 200),
    }


if __name__ == "__main__":
    demonstrate(softmax, reference, cases()["default"])
