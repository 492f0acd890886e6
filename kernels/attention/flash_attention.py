"""Flash attention, causal: y[H, T, D] = softmax(q[H, T, D] @ k[H, T, D].T / sqrt(D), up to row t) @ v[H, T, D].

The T x T scores never exist as a whole. 128 queries stay, blocks of up to 512 keys pass by; for each query a running
maximum m, a running sum l and a running result are kept. A block whose maximum is larger scales down what came before:

    m' = max(m, max(scores))
    l' = l e^(m - m') + sum(e^(scores - m'))
    result' = result e^(m - m') + e^(scores - m') @ v

Blocks above the diagonal are left out, that on it is masked. Keys lie turned in SBUF, [D, T], values as
[128, slots, D].
"""

import math
from operator import mul

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

QUERIES = 128
KEYS = 512
HIDDEN = -1e30


@nki.jit
def flash_attention(q, k, v):
    """y of q's type; D up to 128, keys and values of a head fit SBUF."""
    heads, tokens, size = q.shape
    y = nl.ndarray((heads, tokens, size), dtype=q.dtype, buffer=nl.shared_hbm)
    for head in nl.affine_range(heads):
        keys, values = load_head(k[head], v[head])
        for t in nl.affine_range(0, tokens, QUERIES):
            t_end = min(t + QUERIES, tokens)
            attend(y[head, t:t_end], q[head, t:t_end], keys, values, t)
    return y


def load_head(k, v):
    """Keys [D, T] and values [128, slots, D] in SBUF."""
    tokens, size = k.shape
    keys = nl.ndarray((size, tokens), dtype=k.dtype, buffer=nl.sbuf)
    values = nl.ndarray((QUERIES, (tokens + QUERIES - 1) // QUERIES, size), dtype=v.dtype, buffer=nl.sbuf)
    for t in nl.affine_range(0, tokens, QUERIES):
        t_end = min(t + QUERIES, tokens)
        load_turned(keys[:, t:t_end], k[t:t_end])
        nisa.dma_copy(dst=values[0:t_end - t, t // QUERIES], src=v[t:t_end])
    return keys, values


def load_turned(dst, rows):
    """dst [D, T] in SBUF = rows [T, D] of HBM, turned by the Tensor engine."""
    tile = nl.ndarray(rows.shape, dtype=rows.dtype, buffer=nl.sbuf)
    nisa.dma_copy(dst=tile, src=rows)
    turn(dst, tile)


def turn(dst, tile):
    """dst = tile.T, through PSUM."""
    flipped = nl.ndarray((tile.shape[1], tile.shape[0]), dtype=tile.dtype, buffer=nl.psum)
    nisa.nc_transpose(dst=flipped, data=tile)
    nisa.tensor_copy(dst=dst, src=flipped)


def attend(y, q, keys, values, start):
    """Up to 128 queries, the first of which is token ``start``."""
    count, size = q.shape
    queries = nl.ndarray((size, count), dtype=q.dtype, buffer=nl.sbuf)
    load_turned(queries, q)
    largest = nl.ndarray((count, 1), dtype=nl.float32, buffer=nl.sbuf)
    total = nl.ndarray((count, 1), dtype=nl.float32, buffer=nl.sbuf)
    result = nl.ndarray((count, size), dtype=nl.float32, buffer=nl.sbuf)
    nisa.memset(dst=largest, value=HIDDEN)
    nisa.memset(dst=total, value=0)
    nisa.memset(dst=result, value=0)
    visible = start + count
    for s in nl.sequential_range(0, visible, KEYS):
        s_end = min(s + KEYS, visible)
        scores = score(queries, keys[:, s:s_end], start - s)
        largest, correction, exponentials, block_total = rescale(largest, scores, values.dtype)
        products = multiply(exponentials, values, s)
        nisa.scalar_tensor_tensor(
            dst=total, data=total, op0=nl.multiply, operand0=correction, op1=nl.add, operand1=block_total)
        nisa.scalar_tensor_tensor(
            dst=result, data=result, op0=nl.multiply, operand0=correction, op1=nl.add, operand1=products)

    share = nl.ndarray((count, 1), dtype=nl.float32, buffer=nl.sbuf)
    rounded = nl.ndarray((count, size), dtype=y.dtype, buffer=nl.sbuf)
    nisa.reciprocal(dst=share, data=total)
    nisa.tensor_scalar(dst=rounded, data=result, op0=nl.multiply, operand0=share)
    nisa.dma_copy(dst=y, src=rounded)


def score(queries, keys, distance):
    """queries.T @ keys / sqrt(D), fp32 [queries, keys]; query p sees keys up to p + distance."""
    size, count = queries.shape
    width = keys.shape[1]
    products = nl.ndarray((count, width), dtype=nl.float32, buffer=nl.psum)
    scores = nl.ndarray((count, width), dtype=nl.float32, buffer=nl.sbuf)
    nisa.nc_matmul(dst=products, stationary=queries, moving=keys)
    nisa.tensor_scalar(dst=scores, data=products, op0=nl.multiply, operand0=size ** -0.5)
    if width > distance + 1:
        # What is compared with 0 is p + distance - key.
        nisa.affine_select(
            dst=scores, pattern=[[-1, width]], channel_multiplier=1, offset=distance, on_true_tile=scores,
            on_false_value=HIDDEN, cmp_op=nl.greater_equal)
    return scores


def rescale(largest, scores, dtype):
    """The new maximum m', e^(m - m'), e^(scores - m') and the sum of these."""
    count, width = scores.shape
    block_largest = nl.ndarray((count, 1), dtype=nl.float32, buffer=nl.sbuf)
    new_largest = nl.ndarray((count, 1), dtype=nl.float32, buffer=nl.sbuf)
    negative = nl.ndarray((count, 1), dtype=nl.float32, buffer=nl.sbuf)
    correction = nl.ndarray((count, 1), dtype=nl.float32, buffer=nl.sbuf)
    exponentials = nl.ndarray((count, width), dtype=dtype, buffer=nl.sbuf)
    block_total = nl.ndarray((count, 1), dtype=nl.float32, buffer=nl.sbuf)
    nisa.tensor_reduce(dst=block_largest, op=nl.maximum, data=scores, axis=1)
    nisa.tensor_tensor(dst=new_largest, data1=largest, data2=block_largest, op=nl.maximum)
    nisa.tensor_scalar(dst=negative, data=new_largest, op0=nl.multiply, operand0=-1.0)
    nisa.activation(dst=correction, op=nl.exp, data=largest, bias=negative)
    nisa.activation_reduce(
        dst=exponentials, op=nl.exp, data=scores, reduce_op=nl.add, reduce_res=block_total, bias=negative)
    return new_largest, correction, exponentials, block_total


def multiply(exponentials, values, start):
    """exponentials [queries, keys] @ the values from row ``start`` on, in PSUM."""
    count, width = exponentials.shape
    products = nl.ndarray((count, values.shape[2]), dtype=nl.float32, buffer=nl.psum)
    for s in nl.affine_range(0, width, QUERIES):
        s_end = min(s + QUERIES, width)
        turned = nl.ndarray((s_end - s, count), dtype=exponentials.dtype, buffer=nl.sbuf)
        turn(turned, exponentials[:, s:s_end])
        slot = (start + s) // QUERIES
        nisa.nc_matmul(dst=products, stationary=turned, moving=values[0:s_end - s, slot], accumulate=s > 0)
    return products


def reference(q, k, v):
    """The same in Python."""
    return [
        [attend_token(query, keys[:t + 1], values[:t + 1]) for t, query in enumerate(queries)]
        for queries, keys, values in zip(q, k, v)
    ]


def attend_token(query, keys, values):
    """One token against those up to it."""
    scores = [sum(map(mul, query, key)) / math.sqrt(len(query)) for key in keys]
    largest = max(scores)
    weights = [math.exp(s - largest) for s in scores]
    total = sum(weights)
    return [sum(map(mul, weights, column)) / total for column in zip(*values)]


def inputs(h=2, t=640, d=64, dtype=nl.bfloat16, largest=2):
    """q, k and v."""
    return tuple(uniform((h, t, d), dtype, seed, -largest, largest) for seed in (1, 2, 3))


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "one_block": inputs(1, 100, 32, nl.float32),
        "ragged": inputs(1, 523, 16, nl.float32),
        "wide": inputs(1, 256, 128),
        "large": inputs(1, 1100, 16, largest=12),
    }


if __name__ == "__main__":
    demonstrate(flash_attention, reference, cases()["default"])
