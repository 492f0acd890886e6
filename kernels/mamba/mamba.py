"""The selective scan of a Mamba layer.

y[c, t] = sum over s of C[s, t] h[c, s, t], with h[t] = exp(delta[c, t] A[c, s]) h[t - 1] + delta[c, t] u[c, t] B[s, t]

128 channels lie on the partitions, steps along the free dimension; one state after the other. For each, Scalar makes
the decay exp(delta A), Vector the input delta u B, their scan along the sequence, and the product with C. B and C
belong to all channels: the Tensor engine spreads a row over the partitions, as the product of a column of ones with
it.
"""

import math

from trnemu.testing import demonstrate, uniform  # first: now `import nki` finds the emulator's

import nki
import nki.isa as nisa
import nki.language as nl

TILE = 128


@nki.jit
def mamba(delta, u, a, b, c):
    """y[channels, steps]; steps up to 512, the fp32 columns of a PSUM bank."""
    channels, steps = delta.shape
    states = a.shape[1]
    y = nl.ndarray((channels, steps), dtype=delta.dtype, buffer=nl.shared_hbm)
    sums = []
    for t in nl.affine_range(0, channels, TILE):
        sums.append(nl.ndarray((min(TILE, channels - t), steps), dtype=delta.dtype, buffer=nl.sbuf))
    ones = nl.ndarray((1, TILE), dtype=delta.dtype, buffer=nl.sbuf)
    nisa.memset(dst=ones, value=1)
    for i in nl.affine_range(len(sums)):
        nisa.memset(dst=sums[i], value=0, engine=nisa.engine.vector)
    for s in nl.affine_range(states):
        for i in nl.affine_range(len(sums)):
            t = i * TILE
            t_end = t + sums[i].shape[0]
            add_state(
                sums[i], delta[t:t_end], u[t:t_end], a[t:t_end, s:s + 1], b[s:s + 1], c[s:s + 1], ones[:, 0:t_end - t])
    for i in nl.affine_range(len(sums)):
        t = i * TILE
        nisa.dma_copy(dst=y[t:t + sums[i].shape[0]], src=sums[i])
    return y


def add_state(total, delta_rows, u_rows, a_column, b_row, c_row, ones):
    """total += C h of one state and a tile of channels."""
    delta = load(delta_rows)
    a = load(a_column)
    decay = new_like(total)
    nisa.activation(dst=decay, op=nl.exp, data=delta, scale=a)

    u = load(u_rows)
    b = spread(load(b_row), ones)
    product = new_like(total)
    driven = new_like(total)
    nisa.tensor_tensor(dst=product, data1=delta, data2=u, op=nl.multiply, engine=nisa.engine.vector)
    nisa.tensor_tensor(dst=driven, data1=product, data2=b, op=nl.multiply, engine=nisa.engine.vector)

    scanned = new_like(total)
    nisa.tensor_tensor_scan(dst=scanned, data0=decay, data1=driven, initial=0, op0=nl.multiply, op1=nl.add)

    c = spread(load(c_row), ones)
    read = new_like(total)
    nisa.tensor_tensor(dst=read, data1=scanned, data2=c, op=nl.multiply, engine=nisa.engine.vector)
    nisa.tensor_tensor(dst=total, data1=total, data2=read, op=nl.add, engine=nisa.engine.vector)


def load(rows):
    """Rows of HBM in SBUF."""
    tile = nl.ndarray(rows.shape, dtype=rows.dtype, buffer=nl.sbuf)
    nisa.dma_copy(dst=tile, src=rows)
    return tile


def new_like(tile):
    """An empty tile of the same shape and type."""
    return nl.ndarray(tile.shape, dtype=tile.dtype, buffer=nl.sbuf)


def spread(row, ones):
    """A row [1, F] in all partitions: the product of a column of ones with it."""
    rows = nl.ndarray((ones.shape[1], row.shape[1]), dtype=nl.float32, buffer=nl.psum)
    nisa.nc_matmul(dst=rows, stationary=ones, moving=row, accumulate=False)
    return rows


def reference(delta, u, a, b, c):
    """The same in Python."""
    return [scan_channel(*rows, b, c) for rows in zip(delta, u, a)]


def scan_channel(delta, u, a, b, c):
    """One channel: its states one after the other."""
    y = [0.0] * len(delta)
    for s, decay in enumerate(a):
        h = 0.0
        for t, d in enumerate(delta):
            h = math.exp(d * decay) * h + d * u[t] * b[s][t]
            y[t] += c[s][t] * h
    return y


def inputs(channels=128, sequence=64, states=4, dtype=nl.float32):
    """delta, u, A, B and C; delta is positive and A negative, so that states decay."""
    rows = (channels, sequence)
    return (
        uniform(rows, dtype, 1, 0.01, 0.5), uniform(rows, dtype, seed=2),
        uniform((channels, states), dtype, 3, -2, -0.1),
        uniform((states, sequence), dtype, seed=4), uniform((states, sequence), dtype, seed=5),
    )


def cases():
    """Inputs by name."""
    return {"default": inputs(), "ragged": inputs(200, 33, 3)}


if __name__ == "__main__":
    demonstrate(mamba, reference, cases()["default"])
