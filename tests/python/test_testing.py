"""trnemu.testing: seeded inputs, and comparisons that notice what differs."""

import math
import unittest

import trnemu
from trnemu import dtypes
from trnemu.testing import compare, demonstrate, flat, integers, largest_error, listed, tolerance, uniform

FLOATS = (dtypes.float32, dtypes.bfloat16, dtypes.float16, dtypes.float8_e4m3, dtypes.float8_e5m2)


class Inputs(unittest.TestCase):
    """What kernels are fed with."""

    def test_numbers_lie_between_low_and_high_and_are_of_the_type(self):
        for dtype in FLOATS:
            x = uniform((7, 9), dtype, seed=3, low=-0.5, high=2.0)
            numbers = x.flat()
            self.assertEqual(((7, 9), dtype), (x.shape, x.dtype))
            self.assertTrue(all(-0.5 <= v <= 2 for v in numbers), dtype)
            self.assertEqual(x.data, trnemu.array(numbers, dtype).data)
            self.assertGreater(max(numbers) - min(numbers), 1.5)

    def test_a_seed_gives_its_numbers_again(self):
        for make in (uniform, lambda *a, **k: integers(*a, **k, high=1000)):
            first, again, other = (make((40,), seed=seed) for seed in (5, 5, 6))
            self.assertEqual(first.data, again.data)
            self.assertNotEqual(first.data, other.data)

    def test_integers_reach_both_ends(self):
        self.assertEqual({-1, 0, 1}, set(integers((200,), dtypes.int8, 1, -1, 2).flat()))

    def test_arrays_become_nested_lists(self):
        x = trnemu.array([[1, 2], [3, 4]])
        self.assertEqual(([[1, 2], [3, 4]], 5), listed((x, 5)))
        self.assertEqual([1, 2, 3, 4], flat(x.tolist()))


class Comparisons(unittest.TestCase):
    """How far results are from what is expected."""

    def test_an_error_is_relative_to_the_largest_magnitude(self):
        self.assertEqual(0.25, largest_error(trnemu.array([1, -3.0]), [1, -4]))
        self.assertEqual(2, largest_error(trnemu.array([2.0]), [0]))
        self.assertEqual(0, largest_error(trnemu.array([math.inf, 1]), [math.inf, 1]))

    def test_nan_is_never_near(self):
        with self.assertRaisesRegex(AssertionError, "inf"):
            compare(trnemu.array([math.nan, 1]), [1, 1], within=1)

    def test_limits_are_those_of_the_type(self):
        for dtype in FLOATS:
            near, far = 1 + tolerance(dtype) / 2, 1 + tolerance(dtype) * 4
            compare(trnemu.array([1.0, 1.0], dtype), [1, near])
            with self.assertRaises(AssertionError):
                compare(trnemu.array([1.0, 1.0], dtype), [1, far])
        with self.assertRaises(AssertionError):
            compare(trnemu.array([1], dtypes.int32), [2])

    def test_every_result_counts(self):
        results = trnemu.array([1.0]), trnemu.array([2.0])
        self.assertEqual(0, compare(results, ([1], [2])))
        with self.assertRaises(AssertionError):
            compare(results, ([1], [3]))
        with self.assertRaises(ValueError):
            compare(results, ([1],))
        with self.assertRaisesRegex(AssertionError, "1 results, 2 are expected"):
            compare(results[0], [1, 1])

    def test_a_kernel_that_is_wrong_is_not_shown(self):
        def doubled(x):
            return trnemu.array([2 * v for v in x.flat()])

        demonstrate(doubled, lambda x: [2 * v for v in x], (trnemu.array([1, 2]),))
        with self.assertRaises(AssertionError):
            demonstrate(doubled, lambda x: x, (trnemu.array([1, 2]),))


if __name__ == "__main__":
    unittest.main()
