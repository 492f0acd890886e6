"""Inputs for kernels and comparisons of their results, for callers without numpy.

>>> from trnemu.testing import demonstrate, uniform
>>> x = uniform((128, 512), "bfloat16", seed=1)
>>> demonstrate(kernel, reference, (x,))
"""

import math
from random import Random
from struct import pack

from . import dtypes, values, views
from .arrays import Array

# How far a result may be from its reference, relative to the largest magnitude of the reference: a few roundings of the
# narrow types; of fp32 what sums of some thousand terms explain.
_TOLERANCES = {
    "float32": 2.0 ** -16, "bfloat16": 2.0 ** -6, "float16": 2.0 ** -9, "float8_e4m3": 2.0 ** -2,
    "float8_e4m3fn": 2.0 ** -2, "float8_e5m2": 2.0 ** -1,
}


def uniform(shape, dtype="float32", seed=0, low=-1.0, high=1.0):
    """Numbers of the type, evenly spread from low to high: the same ones for the same seed."""
    dtype, random = dtypes.of(dtype), Random(seed).random
    numbers = [low + (high - low) * random() for _ in range(views.product(shape))]
    if dtype != dtypes.bfloat16:
        return Array(shape, dtype, values.encode(dtype, numbers))

    # The upper halves of fp32 numbers are numbers too, and cutting is quick.
    whole, data = pack(f"<{len(numbers)}f", *numbers), bytearray(2 * len(numbers))
    data[0::2], data[1::2] = whole[2::4], whole[3::4]
    return Array(shape, dtype, data)


def integers(shape, dtype="int32", seed=0, low=0, high=1):
    """Integers from low up to below high: the same ones for the same seed."""
    random = Random(seed)
    numbers = [random.randrange(low, high) for _ in range(views.product(shape))]
    return Array(shape, dtype, values.encode(dtypes.of(dtype), numbers))


def listed(value):
    """Arrays as nested lists, for references that are written with those; other values as they are."""
    if isinstance(value, (tuple, list)):
        return tuple(listed(v) for v in value)
    return value.tolist() if isinstance(value, Array) else value


def flat(numbers):
    """The numbers of nested lists, in row-major order."""
    while numbers and isinstance(numbers[0], (list, tuple)):
        numbers = [v for row in numbers for v in row]
    return numbers


def largest_error(result, expected):
    """The largest difference, relative to the largest magnitude of what is expected; infinite where one is NaN."""
    result, expected = _numbers(result), _numbers(expected)
    if len(result) != len(expected):
        raise AssertionError(f"{len(result)} results, {len(expected)} are expected")
    differences = [abs(a - b) for a, b in zip(result, expected) if a != b]
    if any(map(math.isnan, differences)):
        return math.inf
    scale = max(map(abs, expected), default=0)
    return max(differences, default=0) / (scale or 1)


def _numbers(value):
    return value.flat() if isinstance(value, Array) else flat(value)


def tolerance(dtype):
    """What arithmetic in a type explains; 0 for integers."""
    return _TOLERANCES.get(str(dtypes.of(dtype)), 0)


def compare(results, expected, within=None):
    """Compares what a kernel gave with its reference; gives the largest error.

    Several results are a tuple, and so is what is expected. AssertionError where an error is over ``within``, by
    default the tolerance of the result's type.
    """
    if isinstance(results, (tuple, list)):
        return max(compare(r, e, within) for r, e in zip(results, expected, strict=True))
    limit = tolerance(results.dtype) if within is None else within
    error = largest_error(results, expected)
    if not error <= limit:
        raise AssertionError(f"the largest error is {error:.3g}, limit {limit:.3g} for {results.dtype}")
    return error


def demonstrate(kernel, reference, inputs, within=None):
    """Runs a kernel, compares it with its reference, and says how near it came."""
    results = kernel(*inputs)
    error = compare(results, reference(*listed(inputs)), within)
    print(f"{kernel.__name__}: the largest error is {error:.3g}")
    return results
