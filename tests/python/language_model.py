"""Runs functions of nki.language on random tiles, and plain nested-list formulas to hold the results against."""

import itertools
import math
import os
import random
import struct

import trnemu
import nki.language as nl

SEED = int(os.environ.get("TRNEMU_SEED", "20260601"))
CASES = int(os.environ.get("TRNEMU_CASES", "3"))
CHIPS = ("trn1", "trn2", "trn3")


def evaluate(function, *arrays, chip="trn2"):
    """The numbers of what ``function`` makes of the arrays, loaded into SBUF; row by row."""
    return evaluate_all(lambda *tiles: [function(*tiles)], *arrays, chip=chip)[0]


def evaluate_all(function, *arrays, chip="trn2"):
    """The same of a function that gives several tiles: one Array each."""
    def kernel(*tensors):
        outputs = []
        for result in function(*[nl.load(t) for t in tensors]):
            output = nl.ndarray(result.shape, result.dtype, buffer=nl.shared_hbm)
            nl.store(output, result)
            outputs.append(output)
        return outputs
    return list(trnemu.run(kernel, *arrays, chip=chip, time=False).result)


def rounded(value):
    """The nearest fp32 number."""
    try:
        return struct.unpack("<f", struct.pack("<f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)


def same(got, wanted):
    """Equal numbers, or both NaN."""
    return got == wanted or (got != got and wanted != wanted)


def near(got, wanted, tolerance):
    """Equal up to a relative error, or an absolute one below 1."""
    return same(got, wanted) or abs(got - wanted) <= tolerance * max(1.0, abs(wanted))


def count(shape):
    """Elements of a shape."""
    return math.prod(shape)


def indices(shape):
    """All index tuples, row by row."""
    return itertools.product(*map(range, shape))


def spread(array, shape):
    """The numbers of an array repeated along its extents of 1."""
    flat, old = array.flat(), array.shape
    steps = [count(old[d + 1:]) if old[d] > 1 else 0 for d in range(len(old))]
    return [flat[sum(i * s for i, s in zip(index, steps))] for index in indices(shape)]


class Source:
    """Random shapes and arrays of one seed."""

    def __init__(self, name):
        self.random = random.Random(f"{SEED} {name}")
        self.chip = self.random.choice(CHIPS)
        self.name = f"{name} on {self.chip}, TRNEMU_SEED={SEED}"

    def shape(self, rank=None):
        """[P, free…]"""
        partitions = self.random.choice((1, 3, 16, 32, 33, 50))
        rank = rank or self.random.randint(2, 4)
        return (partitions,) + tuple(self.random.randint(1, 6) for _ in range(rank - 1))

    def grown(self, shape):
        """The shape with some extents made 1."""
        return tuple(self.random.choice((1, n, n)) for n in shape)

    def floats(self, shape, low=-4.0, high=4.0, dtype=nl.float32):
        """Numbers between two limits, some of them whole."""
        numbers = [self.random.uniform(low, high) for _ in range(count(shape))]
        numbers = [float(min(max(round(v), low), high)) if self.random.random() < 0.2 else v for v in numbers]
        return trnemu.array(numbers, dtype, shape)

    def integers(self, shape, low, high, dtype=nl.int32):
        """Integers between two limits, ends included."""
        return trnemu.array([self.random.randint(low, high) for _ in range(count(shape))], dtype, shape)
