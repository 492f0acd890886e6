"""Decodes sorter.bin greedily on 10,000 held-out inputs in fp32 and bf16, apart from train.py's code. See README.md."""
import sys

import numpy as np

import sorting

INPUTS, SEED = 10_000, 2024


def exact(x):
    return x


def bf16(x):
    """fp32 rounded to bf16, nearest, ties to even."""
    bits = np.ascontiguousarray(x, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000).view(np.float32)


class Llama:
    """A llama2.c legacy checkpoint; `r` rounds weights, cache and the result of every operation. Sums are fp32."""

    def __init__(self, path, r):
        data = open(path, "rb").read()
        dim, hidden, layers, heads, kv_heads, vocab, positions = np.frombuffer(data, "<i4", 7).tolist()
        head = dim // heads
        shapes = [(vocab, dim), (layers, dim), (layers, dim, dim), (layers, kv_heads * head, dim),
                  (layers, kv_heads * head, dim), (layers, dim, dim), (layers, dim), (layers, hidden, dim),
                  (layers, dim, hidden), (layers, hidden, dim), (dim,), (positions, head // 2), (positions, head // 2)]
        ends = np.cumsum([np.prod(shape) for shape in shapes])
        floats = np.frombuffer(data, "<f4", offset=28)
        if len(floats) != ends[-1]:
            raise SystemExit(f"{path}: {len(floats)} floats, not {ends[-1]}: the header and the size disagree")
        parts = [r(part).reshape(shape) for part, shape in zip(np.split(floats, ends[:-1]), shapes)]
        self.embedding, *self.layer, self.rms_final, self.cos, self.sin = parts
        self.r, self.heads, self.kv_heads, self.head = r, heads, kv_heads, head

    def norm(self, x, weight):
        scale = 1 / np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(1e-5))
        return self.r(self.r(x * scale) * weight)

    def rotate(self, x, position):
        """x [batch, heads, head]: the pair (2i, 2i+1) turned by position * 10000^(-2i/head)."""
        c, s, a, b = self.cos[position], self.sin[position], x[..., 0::2], x[..., 1::2]
        turned = np.empty_like(x)
        turned[..., 0::2] = self.r(self.r(a * c) - self.r(b * s))
        turned[..., 1::2] = self.r(self.r(a * s) + self.r(b * c))
        return turned

    def attend(self, q, keys, values):
        """q [batch, heads, head], keys and values [batch, positions, kv heads, head]: [batch, heads * head]."""
        mixed = np.empty_like(q)
        for h in range(self.heads):
            k, v = (cache[:, :, h * self.kv_heads // self.heads] for cache in (keys, values))
            scores = self.r(self.r(np.einsum("bd,bpd->bp", q[:, h], k)) / np.float32(np.sqrt(self.head)))
            weights = self.r(np.exp(self.r(scores - scores.max(1, keepdims=True))))
            weights = self.r(weights / weights.sum(1, keepdims=True))
            mixed[:, h] = self.r(np.einsum("bp,bpd->bd", weights, v))
        return mixed.reshape(len(q), -1)

    def step(self, tokens, position, caches):
        """Logits [batch, vocab] for one token of each sequence; its keys and values enter the caches."""
        r, batch = self.r, len(tokens)
        x = self.embedding[tokens]
        for (rms_att, wq, wk, wv, wo, rms_ffn, w1, w2, w3), cache in zip(zip(*self.layer), caches):
            h = self.norm(x, rms_att)
            cache[0][:, position] = self.rotate(r(h @ wk.T).reshape(batch, self.kv_heads, self.head), position)
            cache[1][:, position] = r(h @ wv.T).reshape(batch, self.kv_heads, self.head)
            q = self.rotate(r(h @ wq.T).reshape(batch, self.heads, self.head), position)
            x = r(x + r(self.attend(q, *(half[:, :position + 1] for half in cache)) @ wo.T))
            h = self.norm(x, rms_ffn)
            gate = r(h @ w1.T)
            gate = r(gate * r(1 / (1 + np.exp(-gate))))
            x = r(x + r(r(gate * r(h @ w3.T)) @ w2.T))
        return r(self.norm(x, self.rms_final) @ self.embedding.T)

    def generate(self, prompt, count):
        """`count` greedy tokens after the prompt, and by how much each step's best logit leads the second."""
        shape = (2, len(prompt), prompt.shape[1] + count, self.kv_heads, self.head)
        caches = [np.zeros(shape, np.float32) for _ in self.layer[0]]
        tokens, leads = prompt, []
        for position in range(prompt.shape[1] + count - 1):
            logits = self.step(tokens[:, position], position, caches)
            if position >= prompt.shape[1] - 1:
                tokens = np.column_stack([tokens, logits.argmax(1)])
                best = np.sort(logits, 1)
                leads.append(best[:, -1] - best[:, -2])
        return tokens[:, prompt.shape[1]:], np.array(leads)


def check(model, kinds):
    """How many of the inputs are sorted right, and the smallest lead of a best logit over the second."""
    rng = np.random.default_rng(SEED)
    right, lead = 0, np.inf
    lengths = rng.integers(1, sorting.MAX_DIGITS + 1, INPUTS)
    for length in range(1, sorting.MAX_DIGITS + 1):
        count = (lengths == length).sum()
        digits = sorting.draw(rng, count, length, True, rng.integers(*kinds, count))
        tokens, leads = model.generate(sorting.prompt(digits), length + 1)
        right += (tokens == sorting.answer(digits)).all(1).sum()
        lead = min(lead, leads.min())
    return right, lead


if __name__ == "__main__":
    failed = False
    for dtype, r, least in (("fp32", exact, 1.0), ("bf16", bf16, 0.999)):
        model = Llama(sys.argv[1] if len(sys.argv) > 1 else "sorter.bin", r)
        for name, kinds in (("uniform digits", (10, 11)), ("2 to 9 kinds of digits", (2, 10))):
            right, lead = check(model, kinds)
            failed |= bool(right < least * INPUTS)
            print(f"{dtype}, {name}: {right} of {INPUTS} right ({right / INPUTS:.2%}), smallest lead {lead:.2f}")
    sys.exit(failed)
