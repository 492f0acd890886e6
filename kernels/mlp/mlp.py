"""Two layers of a transformer block between which the hidden rows never leave SBUF.

mlp       y[T, D] = (silu(x @ gate[D, F]) * (x @ up[D, F])) @ down[F, D], as in Llama models
mlp_gelu  y[T, D] = gelu_apprx_tanh(x @ up[D, F] + b[F]) @ down[F, D] + c[D] + x, as in GPT and vision models

Up to 128 tokens at a time. x is turned once, so that its features lie on partitions, and held by the array, through
which the weights stream from HBM, 512 columns at a time and up to 2048 rows in a load. Scalar takes the activation on
the way out of PSUM, Vector multiplies with the other product on its way; then the hidden rows are turned for the
second layer.
"""

import math
from operator import mul

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

TILE_K = 128
TILE_N = 512
LOADED_ROWS = 16 * TILE_K
BANK_BYTES = 2048


@nki.jit
def mlp(x, gate, up, down):
    """The gated layers; all of one type, fp32 or 16 bits."""
    tokens, width = x.shape
    y = nl.ndarray((tokens, width), dtype=x.dtype, buffer=nl.shared_hbm)
    for t in nl.affine_range(0, tokens, nl.tile_size.pmax):
        t_end = min(t + nl.tile_size.pmax, tokens)
        hidden = gated_rows(x[t:t_end], gate, up)
        for n in nl.affine_range(0, width, TILE_N):
            n_end = min(n + TILE_N, width)
            sums = multiply(hidden, down[:, n:n_end])
            store(y[t:t_end, n:n_end], sums)
    return y


@nki.jit
def mlp_gelu(x, up, down, b, c):
    """The layers with biases and a residual; all of one type, fp32 or 16 bits."""
    tokens, width = x.shape
    y = nl.ndarray((tokens, width), dtype=x.dtype, buffer=nl.shared_hbm)
    for t in nl.affine_range(0, tokens, nl.tile_size.pmax):
        t_end = min(t + nl.tile_size.pmax, tokens)
        hidden = gelu_rows(x[t:t_end], up, b)
        for n in nl.affine_range(0, width, TILE_N):
            n_end = min(n + TILE_N, width)
            sums = multiply(hidden, down[:, n:n_end])
            biased = add(sums, on_each_row(c[n:n_end], t_end - t))
            nisa.dma_copy(dst=y[t:t_end, n:n_end], src=add(biased, x[t:t_end, n:n_end]))
    return y


def gated_rows(x, gate, up):
    """silu(x @ gate) * (x @ up), turned: [128, slots, tokens] in SBUF."""
    tokens, features = x.shape[0], up.shape[1]
    turned = load_turned(x)
    hidden = nl.ndarray((tokens, features), dtype=x.dtype, buffer=nl.sbuf)
    for f in nl.affine_range(0, features, TILE_N):
        f_end = min(f + TILE_N, features)
        gated = nl.ndarray((tokens, f_end - f), dtype=nl.float32, buffer=nl.sbuf)
        nisa.activation(dst=gated, op=nl.silu, data=multiply(turned, gate[:, f:f_end]))
        nisa.tensor_tensor(
            dst=hidden[:, f:f_end], data1=gated, data2=multiply(turned, up[:, f:f_end]), op=nl.multiply)
    return turn(hidden)


def gelu_rows(x, up, b):
    """gelu(x @ up + b), turned: [128, slots, tokens] in SBUF."""
    tokens, features = x.shape[0], up.shape[1]
    turned = load_turned(x)
    hidden = nl.ndarray((tokens, features), dtype=x.dtype, buffer=nl.sbuf)
    for f in nl.affine_range(0, features, TILE_N):
        f_end = min(f + TILE_N, features)
        biased = add(multiply(turned, up[:, f:f_end]), on_each_row(b, tokens)[:, f:f_end])
        nisa.activation(dst=hidden[:, f:f_end], op=nl.gelu_apprx_tanh, data=biased)
    return turn(hidden)


def load_turned(x):
    """Rows [T, F] of HBM with their features on partitions: feature 128 j + p in partition p, slot j."""
    rows = nl.ndarray(x.shape, dtype=x.dtype, buffer=nl.sbuf)
    nisa.dma_copy(dst=rows, src=x)
    return turn(rows)


def turn(rows):
    """The same of rows in SBUF: [min(F, 128), slots, T]. As many slots as a PSUM bank holds leave it in one copy."""
    count, features = rows.shape
    full = features // TILE_K
    shape = (min(features, TILE_K), (features + TILE_K - 1) // TILE_K, count)
    turned = nl.ndarray(shape, dtype=rows.dtype, buffer=nl.sbuf)
    at_once = BANK_BYTES // (count * (4 if rows.dtype == nl.float32 else 2))
    for slot in nl.affine_range(0, full, at_once):
        end = min(slot + at_once, full)
        turn_bank(turned[:, slot:end], rows[:, slot * TILE_K:end * TILE_K])
    if features > full * TILE_K:
        turn_bank(turned[0:features - full * TILE_K, full:full + 1], rows[:, full * TILE_K:features])
    return turned


def turn_bank(turned, rows):
    """Up to one bank: all partitions of some slots, from features that fill them."""
    bank = nl.ndarray(turned.shape, dtype=rows.dtype, buffer=nl.psum)
    features = rows.shape[1]
    for f in nl.affine_range(0, features, TILE_K):
        nisa.nc_transpose(dst=bank[:, f // TILE_K], data=rows[:, f:min(f + TILE_K, features)])
    nisa.tensor_copy(dst=turned, src=bank)


def multiply(turned, weights):
    """Sums [T, n] in PSUM of turned rows [K, T] times weights [K, n] in HBM."""
    terms, columns = weights.shape
    sums = nl.ndarray((turned.shape[2], columns), dtype=nl.float32, buffer=nl.psum)
    for block in nl.affine_range(0, terms, LOADED_ROWS):
        block_end = min(block + LOADED_ROWS, terms)
        resident = load_slots(weights[block:block_end])
        for k in nl.affine_range(block, block_end, TILE_K):
            height = min(TILE_K, block_end - k)
            nisa.nc_matmul(
                dst=sums, stationary=turned[0:height, k // TILE_K], moving=resident[0:height, (k - block) // TILE_K],
                accumulate=k > 0)
    return sums


def load_slots(rows):
    """Rows [K, F] of HBM as [128, slots, F]: row 128 j + p in partition p, slot j. One DMA brings all full slots."""
    count, width = rows.shape
    full = count // TILE_K
    split = full * TILE_K
    shape = (min(count, TILE_K), (count + TILE_K - 1) // TILE_K, width)
    resident = nl.ndarray(shape, dtype=rows.dtype, buffer=nl.sbuf)
    if full > 0:
        slots = rows[0:split].reshape_dim(0, (full, TILE_K)).permute((1, 0, 2))
        nisa.dma_copy(dst=resident[:, 0:full], src=slots)
    if count > split:
        nisa.dma_copy(dst=resident[0:count - split, full], src=rows[split:count])
    return resident


def on_each_row(row, rows):
    """A row [N] of HBM as rows that are all the same: the load repeats it."""
    return row.reshape((1, row.shape[0])).broadcast(0, rows)


def add(value, rows):
    """value + rows of HBM, in fp32."""
    addend = nl.ndarray(rows.shape, dtype=rows.dtype, buffer=nl.sbuf)
    total = nl.ndarray(rows.shape, dtype=nl.float32, buffer=nl.sbuf)
    nisa.dma_copy(dst=addend, src=rows)
    nisa.tensor_tensor(dst=total, data1=value, data2=addend, op=nl.add)
    return total


def store(y, sums):
    """Rounds sums to the type of y, on Vector, and stores them."""
    result = nl.ndarray(sums.shape, dtype=y.dtype, buffer=nl.sbuf)
    nisa.tensor_copy(dst=result, src=sums, engine=nisa.engine.vector)
    nisa.dma_copy(dst=y, src=result)


def reference(x, gate, up, down):
    """mlp in Python."""
    gated, raised = product(x, gate), product(x, up)
    hidden = [[g / (1 + math.exp(-g)) * u for g, u in zip(row, others)] for row, others in zip(gated, raised)]
    return product(hidden, down)


def reference_gelu(x, up, down, b, c):
    """mlp_gelu in Python."""
    hidden = [[gelu(v + bias) for v, bias in zip(row, b)] for row in product(x, up)]
    sums = product(hidden, down)
    return [[v + bias + old for v, bias, old in zip(row, c, before)] for row, before in zip(sums, x)]


def gelu(x):
    """The approximation by tanh."""
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))


def product(a, b):
    """a @ b of nested lists."""
    columns = list(zip(*b))
    return [[sum(map(mul, row, column)) for column in columns] for row in a]


def inputs(t=128, d=256, f=512, dtype=nl.bfloat16):
    """x, gate, up and down, of a size at which results are about 1."""
    return (
        uniform((t, d), dtype, seed=1), uniform((d, f), dtype, 2, -2 / d ** 0.5, 2 / d ** 0.5),
        uniform((d, f), dtype, 3, -2 / d ** 0.5, 2 / d ** 0.5), uniform((f, d), dtype, 4, -2 / f ** 0.5, 2 / f ** 0.5),
    )


def inputs_gelu(t=128, d=256, f=512, dtype=nl.bfloat16):
    """x, up, down, b and c."""
    x, _, up, down = inputs(t, d, f, dtype)
    return x, up, down, uniform((f,), dtype, seed=5), uniform((d,), dtype, seed=6)


def cases():
    """Inputs of mlp by name."""
    return {
        "default": inputs(),
        "decode": inputs(1, 64, 172, nl.float32),
        "ragged": inputs(17, 140, 700, nl.float32),
        "wide": inputs(3, 600, 1030),
    }


def cases_gelu():
    """Inputs of mlp_gelu by name."""
    return {
        "default": inputs_gelu(),
        "decode": inputs_gelu(1, 64, 172, nl.float32),
        "ragged": inputs_gelu(17, 140, 700, nl.float32),
        "wide": inputs_gelu(3, 600, 1030),
    }


KERNELS = (mlp, mlp_gelu)

if __name__ == "__main__":
    demonstrate(mlp, reference, cases()["default"])
    demonstrate(mlp_gelu, reference_gelu, cases_gelu()["default"])
