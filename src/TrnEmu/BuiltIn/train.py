"""Trains the built-in model and writes sorter.bin. See README.md."""
import math
import sys
import time

import numpy as np
import torch
from torch.nn import functional as F

import sorting

DIM, HIDDEN, LAYERS, HEADS, KV_HEADS = 64, 128, 2, 4, 2
HEAD = DIM // HEADS
STEPS, BATCH, RATE, WARMUP = 7000, 192, 3e-3, 200
CURRICULUM = 0.15  # part of the steps in which the longest input grows from 2 digits to all
ROUNDING = (None, 8, 6, 5)  # significant bits, one of these drawn per step; bf16 has 8, the rest is margin


class RoundTo(torch.autograd.Function):
    """Rounds to a number of significant bits (Veltkamp's splitting); the gradient passes unchanged."""

    @staticmethod
    def forward(ctx, x, bits):
        c = x * (2.0 ** (24 - bits) + 1)
        return c - (c - x)

    @staticmethod
    def backward(ctx, gradient):
        return gradient, None


def parameters():
    def matrices(out, inputs, gain=1.0):
        return torch.randn(LAYERS, out, inputs) * (gain / math.sqrt(inputs))

    kv, deep = KV_HEADS * HEAD, 1 / math.sqrt(2 * LAYERS)
    tensors = {  # in the order of the file
        "embedding": torch.randn(sorting.VOCAB, DIM) / math.sqrt(DIM),
        "rms_att": torch.ones(LAYERS, DIM),
        "wq": matrices(DIM, DIM), "wk": matrices(kv, DIM), "wv": matrices(kv, DIM), "wo": matrices(DIM, DIM, deep),
        "rms_ffn": torch.ones(LAYERS, DIM),
        "w1": matrices(HIDDEN, DIM), "w2": matrices(DIM, HIDDEN, deep), "w3": matrices(HIDDEN, DIM),
        "rms_final": torch.ones(DIM),
    }
    return {name: tensor.requires_grad_() for name, tensor in tensors.items()}


def rotations():
    angle = torch.arange(sorting.POSITIONS)[:, None] * 10000.0 ** (-torch.arange(0, HEAD, 2) / HEAD)
    return torch.cos(angle), torch.sin(angle)


def forward(p, tokens, bits):
    """Logits [batch, positions, vocab], every tensor on the way rounded to `bits` significant bits."""
    def r(x):
        return x if bits is None else RoundTo.apply(x, bits)

    def norm(x, weight):
        return r(x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-5) * weight)

    def rotate(x):
        even, odd = x[..., 0::2], x[..., 1::2]
        return r(torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2))

    def heads(x, count):
        return r(x).view(batch, length, count, HEAD).transpose(1, 2)

    batch, length = tokens.shape
    cos, sin = (table[:length] for table in rotations())
    future = torch.full((length, length), -math.inf).triu(1)
    p = {name: r(tensor) for name, tensor in p.items()}
    x = F.embedding(tokens, p["embedding"])
    for i in range(LAYERS):
        h = norm(x, p["rms_att"][i])
        q = rotate(heads(h @ p["wq"][i].T, HEADS))
        k = rotate(heads(h @ p["wk"][i].T, KV_HEADS)).repeat_interleave(HEADS // KV_HEADS, 1)
        v = heads(h @ p["wv"][i].T, KV_HEADS).repeat_interleave(HEADS // KV_HEADS, 1)
        scores = r(torch.softmax(r(q @ k.transpose(-1, -2) / math.sqrt(HEAD)) + future, -1))
        x = r(x + r(r(scores @ v).transpose(1, 2).flatten(-2) @ p["wo"][i].T))
        h = norm(x, p["rms_ffn"][i])
        x = r(x + r(r(F.silu(r(h @ p["w1"][i].T)) * r(h @ p["w3"][i].T)) @ p["w2"][i].T))
    return r(norm(x, p["rms_final"]) @ p["embedding"].T)


def train(seed):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    p = parameters()
    optimizer = torch.optim.Adam(p.values(), lr=RATE, betas=(0.9, 0.98))
    started = time.process_time()
    for step in range(STEPS):
        longest = min(sorting.MAX_DIGITS, 2 + int(step / (CURRICULUM * STEPS) * (sorting.MAX_DIGITS - 2)))
        length = math.ceil(longest * math.sqrt(1 - rng.random()))  # long inputs more often: they are harder
        kinds = np.where(np.arange(BATCH) % 2, 10, rng.integers(1, 11, BATCH))  # many repeats in half of the inputs
        digits = sorting.draw(rng, BATCH, length, False, kinds)
        prompt, answer = torch.from_numpy(sorting.prompt(digits)), torch.from_numpy(sorting.answer(digits))
        bits = ROUNDING[rng.integers(len(ROUNDING))] if step > STEPS // 4 else None
        logits = forward(p, torch.cat((prompt, answer[:, :-1]), 1), bits)[:, length + 1:]
        loss = F.cross_entropy(logits.flatten(0, 1), answer.flatten())
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, step / WARMUP) * (0.5 + 0.5 * math.cos(math.pi * step / STEPS))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(p.values(), 1.0)
        optimizer.step()
        if step % 100 == 99:
            right = (logits.argmax(-1) == answer).all(1).float().mean()
            print(f"step {step + 1} length {length} of {longest} bits {bits} loss {loss:.5f} right {right:.3f} "
                  f"{time.process_time() - started:.0f} CPU s", flush=True)
    return p


def save(p, path):
    header = np.array([DIM, HIDDEN, LAYERS, HEADS, KV_HEADS, sorting.VOCAB, sorting.POSITIONS], "<i4")
    with open(path, "wb") as file:
        file.write(header.tobytes())
        for tensor in (*p.values(), *rotations()):
            file.write(tensor.detach().numpy().astype("<f4").tobytes())


if __name__ == "__main__":
    torch.set_num_threads(1)
    save(train(seed=1), sys.argv[1] if len(sys.argv) > 1 else "sorter.bin")
