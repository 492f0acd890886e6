# A BERT-base layer in torch on one thread. Reads lines "fp32 SEQ" or "bf16 SEQ" and answers each with the CPU seconds
# of one pass and the name of the form that was the faster of the two at the first.
import math
import os
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # torch.set_num_threads does not reach OpenBLAS's own threads

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_grad_enabled(False)
WIDTH, HIDDEN, HEADS = 768, 3072, 12
DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16}


def random(dtype, *shape):
    return ((torch.rand(*shape) - 0.5) * (2 * math.sqrt(3 / shape[-1]))).to(dtype)


def normal(x, gamma, beta):
    # In fp32: torch's bf16 layer_norm is the slowest part of a layer otherwise.
    return F.layer_norm(x.float(), (WIDTH,), gamma, beta, 1e-12).to(x.dtype)


def by_hand(dtype, seq):
    qkv, qkv_bias = random(dtype, 3 * WIDTH, WIDTH), random(dtype, 3 * WIDTH)
    out, out_bias = random(dtype, WIDTH, WIDTH), random(dtype, WIDTH)
    up, up_bias = random(dtype, HIDDEN, WIDTH), random(dtype, HIDDEN)
    down, down_bias = random(dtype, WIDTH, HIDDEN), random(dtype, WIDTH)
    gamma, beta = torch.ones(WIDTH), torch.zeros(WIDTH)
    scale = math.sqrt(HEADS / WIDTH)

    def layer(x):
        q, k, v = F.linear(x, qkv, qkv_bias).view(seq, 3, HEADS, -1).permute(1, 2, 0, 3).unbind(0)
        p = torch.softmax(torch.matmul(q * scale, k.transpose(1, 2)), -1)
        mixed = torch.matmul(p, v).transpose(0, 1).reshape(1, seq, WIDTH)
        n = normal(F.linear(mixed, out, out_bias) + x, gamma, beta)
        return normal(F.linear(F.gelu(F.linear(n, up, up_bias)), down, down_bias) + n, gamma, beta)

    return layer


def by_module(dtype, seq):
    layer = torch.nn.TransformerEncoderLayer(WIDTH, HEADS, HIDDEN, activation="gelu", batch_first=True)
    return layer.eval().to(dtype)


def seconds(layer, x):
    start = time.thread_time()
    layer(x)
    return time.thread_time() - start


def fastest(dtype, seq):
    x = random(dtype, 1, seq, WIDTH)
    forms = []
    for make in (by_hand, by_module):
        layer = make(dtype, seq)
        forms.append((min(seconds(layer, x) for _ in range(6)), make.__name__, layer))
    _, name, layer = min(forms, key=lambda f: f[0])
    return name, layer, x


print("torch", torch.__version__, flush=True)
layers = {}
for line in sys.stdin:
    name, seq = line.split()
    if line not in layers:
        layers[line] = fastest(DTYPES[name], int(seq))
    form, layer, x = layers[line]
    print(seconds(layer, x), form, flush=True)
