"""The task: token ids, how a sequence is laid out, and which inputs no training step ever sees."""
import numpy as np

MAX_DIGITS = 15
POSITIONS = 32  # fed: 1 + 15 + 1 + 15; the end is predicted at the last one
BOUNDARY = 1  # begins the prompt and ends the answer, as llama2.c starts with id 1 and stops at it
EQUALS = 3
ZERO = 4  # digit d has id ZERO + d
VOCAB = 16  # ids 0, 2, 14 and 15 are never used


def draw(rng, count, length, held_out, kinds=10):
    """Digits [count, length] on one side of the split; an input has `kinds` (or kinds[i]) digits to choose from."""
    digits, kinds = np.zeros((count, length), np.int64), np.broadcast_to(kinds, count)
    wrong = np.full(count, True)
    while wrong.any():
        pool = np.argsort(rng.random((wrong.sum(), 10)), 1)
        chosen = (rng.random((wrong.sum(), length)) * kinds[wrong, None]).astype(np.int64)
        digits[wrong] = np.take_along_axis(pool, chosen, 1)
        wrong = is_held_out(digits) != held_out
    return digits


def is_held_out(digits):
    """Whether each input is of the eighth kept for checking, by a hash of its digits (FNV-1a, mixed)."""
    h = np.full(len(digits), 2166136261, np.uint64)
    for column in digits.T.astype(np.uint64):
        h = (h ^ column) * np.uint64(16777619) % 2**32
    h = (h ^ (h >> np.uint64(15))) * np.uint64(2246822519) % 2**32
    return h >> np.uint64(29) == 0


def prompt(digits):
    """Token ids of "3141592=" after the boundary: [count, length + 2]."""
    return np.pad(ZERO + digits, ((0, 0), (1, 1)), constant_values=((0, 0), (BOUNDARY, EQUALS)))


def answer(digits):
    """Token ids of the sorted digits and the boundary: [count, length + 1]."""
    return np.pad(ZERO + np.sort(digits, 1), ((0, 0), (0, 1)), constant_values=BOUNDARY)
