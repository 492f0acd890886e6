"""Chains of view methods against a model in which every element is written down.

TRNEMU_SEED sets the first seed, TRNEMU_CASES multiplies the number of chains. A failure prints the seed and the
shortest chain.
"""

import os
import unittest
from collections import Counter
from random import Random

import view_chains
import view_steps
from trnemu import dtypes
from trnemu.regions import sbuf, shared_hbm

SEED = int(os.environ.get("TRNEMU_SEED", "0"))
CASES = 2000 * int(os.environ.get("TRNEMU_CASES", "1"))
LONGEST = 6
MOST_ELEMENTS = 2000


class Chains(unittest.TestCase):
    """Shape, every address, pattern, contiguity, offset and strides agree after every step, or both refuse it."""

    def test_chains_agree_with_the_model(self):
        made = Counter()
        for seed in range(SEED, SEED + CASES):
            self.chain(Random(seed), seed, made)
        print(f"{CASES} chains from seed {SEED}: {made['made']} views made, {made['refused']} refused")
        self.assertGreater(made["made"], made["refused"])

    def chain(self, random, seed, made):
        """One chain, drawn along the model's shapes."""
        first = view_chains.draw_start(random)
        tensor, view = view_chains.start(*first)
        chain = []
        for _ in range(random.randint(1, LONGEST)):
            chain.append(view_steps.draw(random, view))
            try:
                next_tensor, next_view, found = view_chains.one_step(tensor, view, chain[-1])
            except Exception as error:
                raise AssertionError(f"seed {seed}: {view_chains.spelled(*first, chain)}: {error!r}") from error
            if found:
                self.fail(self.told(seed, first, chain))
            made["refused" if next_view is None else "made"] += 1
            if next_view is not None and len(next_view.elements) <= MOST_ELEMENTS:
                tensor, view = next_tensor, next_view
            else:
                chain.pop()

    @staticmethod
    def told(seed, first, chain):
        """Seed, shortest chain, difference."""
        chain = view_chains.shortest(*first, chain)
        number, found = view_chains.first_difference(*first, chain)
        lines = "\n  ".join(found)
        return f"seed {seed}, step {number} of {view_chains.spelled(*first, chain)}:\n  {lines}"


class Once(unittest.TestCase):
    """Chains that random ones seldom draw."""

    def agrees(self, shape, dtype, buffer, *chain):
        found = view_chains.first_difference(shape, dtype, buffer, chain)
        self.assertIsNone(found, view_chains.spelled(shape, dtype, buffer, chain))

    def test_one_partition_of_a_row_that_is_no_whole_number_of_elements(self):
        part = ("index", ((slice(2, 3), slice(0, 4)),))
        self.agrees((8, 6), dtypes.uint8, sbuf, part, ("view", (dtypes.float32,)))

    def test_partitions_of_rows_that_are_no_whole_number_of_elements(self):
        self.agrees((2, 3), dtypes.uint16, sbuf, ("ap", ([[1, 2], [2, 1]], 0, None, None, 0, dtypes.int32)))

    def test_a_row_narrower_than_one_element(self):
        self.agrees((8, 1), dtypes.uint8, sbuf, ("ap", ([[1, 1], [1, 1]], 0, None, None, 0, dtypes.float32)))

    def test_a_pattern_that_leaves_its_partition(self):
        self.agrees((2, 4), dtypes.int32, sbuf, ("ap", ([[4, 1], [3, 2]], 1, None, None, 0, None)))

    def test_two_ellipses_as_many_as_dimensions(self):
        self.agrees((3, 2), dtypes.uint8, shared_hbm, ("index", ((Ellipsis, Ellipsis),)))

    def test_no_tensor_without_dimensions(self):
        self.agrees((1,), dtypes.float32, shared_hbm, ("squeeze_dim", (0,)))

    def test_no_tensor_of_one_dimension_on_chip(self):
        self.agrees((3, 1), dtypes.int32, sbuf, ("squeeze_dim", (1,)))


if __name__ == "__main__":
    unittest.main()
