"""Causal attention over a cache, with query heads that share key heads.

y[T, H, D] = softmax(q[T, H, D] @ keys[S, H / G, D].T / sqrt(D), up to row position + t) @ values[S, H / G, D]

Heads are batched on both sides: key heads lie side by side on the 128 partitions that a product contracts; query
heads and tokens make up to 128 rows of it, each with zeros for the heads that are not its own. One token of a small
model is one product, one softmax, one product. The position is data, so columns are counted and compared with it to
make the mask.
"""

import math
from operator import mul

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl
import trnemu

PARTITIONS = 128
BANK_COLUMNS = 512
BANK_BYTES = 2048
HIDDEN = -1e30


@nki.jit
def attention(q, keys, values, positions, key_heads):
    """y[T, heads * D]; token t sees rows 0 to position + t, the position being the last of positions int32 [P, 1]."""
    tokens, width = q.shape
    y = nl.ndarray((tokens, width), dtype=q.dtype, buffer=nl.shared_hbm)
    position = positions[positions.shape[0] - 1:positions.shape[0]]
    for t in nl.affine_range(0, tokens, PARTITIONS):
        t_end = min(t + PARTITIONS, tokens)
        attend(y[t:t_end], q[t:t_end], keys, values, position, t, key_heads)
    return y


def attend(y, q, keys, values, position, first, key_heads):
    """Up to 128 tokens, the first of which stands ``first`` places behind the position."""
    tokens, rows = q.shape[0], keys.shape[0]
    size = keys.shape[1] // key_heads
    sharing = q.shape[1] // keys.shape[1]
    key_heads_at_once = max(1, min(PARTITIONS // size, key_heads))
    heads_at_once = max(1, min(PARTITIONS // tokens, key_heads_at_once * sharing))
    mask = make_mask(position, first, heads_at_once, tokens, rows)
    for g in nl.affine_range(0, key_heads, key_heads_at_once):
        g_end = min(g + key_heads_at_once, key_heads)
        resident_keys = load_slots(keys[:, g * size:g_end * size])
        turned_keys = turn_slots(resident_keys, rows)
        resident_values = load_slots(values[:, g * size:g_end * size])
        for h in nl.affine_range(g * sharing, g_end * sharing, heads_at_once):
            h_end = min(h + heads_at_once, g_end * sharing)
            runs = runs_of_heads(h, h_end, sharing)
            queries = load_queries(q, runs, (g_end - g) * size, g, h, size)
            scores = make_scores(queries, turned_keys, mask[0:(h_end - h) * tokens], size ** -0.5)
            mixed = mix(scores, resident_values, y.dtype)
            for i in nl.affine_range(len(runs)):
                nisa.dma_copy(dst=heads_in_hbm(y, runs[i], size), src=heads_in_rows(mixed, runs[i], tokens, g, h, size))


def make_mask(position, first, heads, tokens, columns):
    """fp32 [heads * tokens, columns]: 0 where token start + t sees column j, else a number so low that e^it is 0."""
    rows = heads * tokens
    counted = nl.ndarray((1, rows), dtype=nl.float32, buffer=nl.sbuf)
    token = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    start = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    last_visible = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    mask = nl.ndarray((rows, columns), dtype=nl.float32, buffer=nl.sbuf)

    # A partition cannot know its token: rows are numbered along one partition, and the DMA spreads the numbers.
    nisa.iota(dst=counted, pattern=[[0, heads], [1, tokens]], offset=first)
    nisa.dma_copy(dst=token, src=counted)
    nisa.dma_copy(dst=start, src=position.broadcast(0, rows))
    nisa.tensor_tensor(dst=last_visible, data1=start, data2=token, op=nl.add)
    nisa.iota(dst=mask, pattern=[[1, columns]])
    nisa.tensor_scalar(
        dst=mask, data=mask, op0=nl.greater, operand0=last_visible, op1=nl.multiply, operand1=HIDDEN)
    return mask


def runs_of_heads(start, end, sharing):
    """Query heads cut where the key head changes: (key head, first, one past the last)."""
    runs = []
    head = start
    while head < end:
        key_head = head // sharing
        run_end = min(end, (key_head + 1) * sharing)
        runs.append((key_head, head, run_end))
        head = run_end
    return runs


def load_queries(q, runs, width, first_key_head, first_head, size):
    """Row h * tokens + t of [rows, width] has the query of head h and token t in the columns of its own key head."""
    tokens = q.shape[0]
    rows = (runs[-1][2] - first_head) * tokens
    queries = nl.ndarray((rows, width), dtype=q.dtype, buffer=nl.sbuf)
    if width > size:
        nisa.memset(dst=queries, value=0)
    for i in nl.affine_range(len(runs)):
        own = heads_in_rows(queries, runs[i], tokens, first_key_head, first_head, size)
        nisa.dma_copy(dst=own, src=heads_in_hbm(q, runs[i], size))
    return queries


def heads_in_rows(rows, run, tokens, first_key_head, first_head, size):
    """The rows of a run of heads, the columns of their key head."""
    row = (run[1] - first_head) * tokens
    column = (run[0] - first_key_head) * size
    return rows[row:row + (run[2] - run[1]) * tokens, column:column + size]


def heads_in_hbm(tensor, run, size):
    """A run of heads of [tokens, heads * size] as [heads, tokens, size]."""
    return tensor.reshape_dim(1, (tensor.shape[1] // size, size))[:, run[1]:run[2]].permute((1, 0, 2))


def make_scores(queries, turned_keys, mask, scale):
    """scale * queries @ keys.T + mask, fp32 [rows, S]."""
    turned = turn(queries)[:, 0]
    scores = nl.ndarray(mask.shape, dtype=nl.float32, buffer=nl.sbuf)
    columns = mask.shape[1]
    for s in nl.affine_range(0, columns, BANK_COLUMNS):
        s_end = min(s + BANK_COLUMNS, columns)
        products = nl.ndarray((mask.shape[0], s_end - s), dtype=nl.float32, buffer=nl.psum)
        nisa.nc_matmul(dst=products, stationary=turned, moving=turned_keys[:, s:s_end])
        nisa.scalar_tensor_tensor(
            dst=scores[:, s:s_end], data=products, op0=nl.multiply, operand0=scale, op1=nl.add,
            operand1=mask[:, s:s_end])
    return scores


def mix(scores, values, dtype):
    """softmax(scores) @ values. Exponentials are divided by their sum after the product, where rows are shorter."""
    rows, columns = scores.shape
    negative_max = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    exponentials = nl.ndarray((rows, columns), dtype=values.dtype, buffer=nl.sbuf)
    total = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    share = nl.ndarray((rows, 1), dtype=nl.float32, buffer=nl.sbuf)
    nisa.tensor_reduce(dst=negative_max, op=nl.maximum, data=scores, axis=1, negate=True)
    nisa.activation_reduce(
        dst=exponentials, op=nl.exp, data=scores, reduce_op=nl.add, reduce_res=total, bias=negative_max)
    nisa.reciprocal(dst=share, data=total)

    turned = turn(exponentials)
    mixed = nl.ndarray((rows, values.shape[2]), dtype=nl.float32, buffer=nl.psum)
    for s in nl.affine_range(0, columns, PARTITIONS):
        height = min(PARTITIONS, columns - s)
        slot = s // PARTITIONS
        nisa.nc_matmul(
            dst=mixed, stationary=turned[0:height, slot], moving=values[0:height, slot], accumulate=slot > 0)

    result = nl.ndarray((rows, values.shape[2]), dtype=dtype, buffer=nl.sbuf)
    nisa.tensor_scalar(dst=result, data=mixed, op0=nl.multiply, operand0=share)
    return result


def load_slots(rows):
    """Rows [S, F] of HBM as [128, slots, F]: row 128 j + p in partition p, slot j. One DMA brings all full slots."""
    count, width = rows.shape
    full = count // PARTITIONS
    split = full * PARTITIONS
    shape = (min(count, PARTITIONS), (count + PARTITIONS - 1) // PARTITIONS, width)
    resident = nl.ndarray(shape, dtype=rows.dtype, buffer=nl.sbuf)
    if full > 0:
        slots = rows[0:split].reshape_dim(0, (full, PARTITIONS)).permute((1, 0, 2))
        nisa.dma_copy(dst=resident[:, 0:full], src=slots)
    if count > split:
        nisa.dma_copy(dst=resident[0:count - split, full], src=rows[split:count])
    return resident


def turn_slots(resident, rows):
    """The same with columns on partitions: [F, S], one PSUM bank at a time."""
    width = resident.shape[2]
    turned = nl.ndarray((width, rows), dtype=resident.dtype, buffer=nl.sbuf)
    at_once = BANK_BYTES // element_bytes(resident.dtype)
    for part in nl.affine_range(0, rows, at_once):
        part_end = min(part + at_once, rows)
        bank = nl.ndarray((width, part_end - part), dtype=resident.dtype, buffer=nl.psum)
        for s in nl.affine_range(part, part_end, PARTITIONS):
            height = min(PARTITIONS, part_end - s)
            nisa.nc_transpose(
                dst=bank[:, s - part:s - part + height], data=resident[0:height, s // PARTITIONS])
        nisa.tensor_copy(dst=turned[:, part:part_end], src=bank)
    return turned


def turn(rows):
    """Rows [R, F] in SBUF with features on partitions: feature 128 j + p in partition p, slot j of [128, slots, R]."""
    count, features = rows.shape
    full = features // PARTITIONS
    shape = (min(features, PARTITIONS), (features + PARTITIONS - 1) // PARTITIONS, count)
    turned = nl.ndarray(shape, dtype=rows.dtype, buffer=nl.sbuf)
    at_once = BANK_BYTES // (count * element_bytes(rows.dtype))
    for slot in nl.affine_range(0, full, at_once):
        end = min(slot + at_once, full)
        turn_bank(turned[:, slot:end], rows[:, slot * PARTITIONS:end * PARTITIONS])
    if features > full * PARTITIONS:
        turn_bank(turned[0:features - full * PARTITIONS, full:full + 1], rows[:, full * PARTITIONS:features])
    return turned


def turn_bank(turned, rows):
    """Up to one bank: all partitions of some slots, from features that fill them."""
    bank = nl.ndarray(turned.shape, dtype=rows.dtype, buffer=nl.psum)
    features = rows.shape[1]
    for f in nl.affine_range(0, features, PARTITIONS):
        nisa.nc_transpose(dst=bank[:, f // PARTITIONS], data=rows[:, f:min(f + PARTITIONS, features)])
    nisa.tensor_copy(dst=turned, src=bank)


def element_bytes(dtype):
    """Bytes of an element of fp32 or 16 bits."""
    return 4 if dtype == nl.float32 else 2


def reference(q, keys, values, positions, key_heads):
    """The same in Python."""
    size = len(keys[0]) // key_heads
    sharing = len(q[0]) // len(keys[0])
    result = []
    for t, row in enumerate(q):
        visible = positions[-1][0] + t + 1
        heads = [
            attend_head(row[h * size:(h + 1) * size], keys[:visible], values[:visible], h // sharing * size)
            for h in range(len(row) // size)
        ]
        result.append([v for head in heads for v in head])
    return result


def attend_head(query, keys, values, column):
    """One token, one head: its key head begins at that column."""
    size = len(query)
    scores = [sum(map(mul, query, row[column:column + size])) / math.sqrt(size) for row in keys]
    largest = max(scores)
    weights = [math.exp(s - largest) for s in scores]
    total = sum(weights)
    columns = zip(*(row[column:column + size] for row in values))
    return [sum(map(mul, weights, c)) / total for c in columns]


def inputs(t=128, k=4, g=2, d=64, p=100, r=28, dtype=nl.bfloat16, largest=1):
    """q, keys and values of p + t + r rows, positions, the last of which is p, and the number of key heads."""
    positions = trnemu.array([[i] for i in range(p + 1)], nl.int32)
    rows = (p + t + r, k * d)
    q = uniform((t, k * g * d), dtype, 1, -largest, largest)
    keys = uniform(rows, dtype, 2, -largest, largest)
    return q, keys, uniform(rows, dtype, seed=3), positions, k


def cases():
    """Inputs by name."""
    return {
        "default": inputs(),
        "decode": inputs(t=1, d=8, p=200, r=55, dtype=nl.float32),
        "decode_wide": inputs(1, 2, 4, 128, 611, 0),
        "first": inputs(t=1, k=1, p=0, r=0, dtype=nl.float32),
        "middle": inputs(5, 2, 3, 16, 37, 100, nl.float32),
        "split": inputs(40, 3, 5, 40, 9),
        "large": inputs(9, 2, 2, 16, 60, 7, largest=14),
    }


if __name__ == "__main__":
    demonstrate(attention, reference, cases()["default"])
