"""A view that cannot be made says what was asked, what the limit is and why, at the user's line."""

import contextlib
import io
import sys
import unittest

import view_chains
from trnemu import dtypes, errors
from trnemu.errors import NkiValidationError
from trnemu.regions import sbuf, shared_hbm
from trnemu.dynamic import ds
from trnemu.storage import Storage
from trnemu.tensor import NkiTensor


def on_chip(*shape, dtype=dtypes.float32):
    """A tensor in SBUF."""
    return view_chains.start(shape, dtype, sbuf)[0]


def in_hbm(*shape, dtype=dtypes.float32):
    """A tensor in HBM."""
    return view_chains.start(shape, dtype, shared_hbm)[0]


# What is asked, and the words of value, limit and reason that the message must have.
REFUSED = (
    ("index beyond the end", lambda: on_chip(128, 64)[:, 64], ("64", "dimension 1")),
    ("index before the start", lambda: on_chip(128, 64)[:, -65], ("-65", "dimension 1", "64")),
    ("slice beyond the end", lambda: on_chip(128, 64)[0:130], ("0:130", "dimension 0", "128")),
    ("empty slice", lambda: on_chip(128, 64)[:, 8:8], ("8:8", "dimension 1", "empty")),
    ("step backwards", lambda: on_chip(128, 64)[:, ::-1], ("-1", "dimension 1", "at least 1")),
    ("nl.ds beyond the end", lambda: on_chip(128, 64)[:, ds(60, 8)], ("60", "8", "dimension 1", "64")),
    ("too many indices", lambda: on_chip(128, 64)[0, 0, 0], ("3", "2 dimensions")),
    ("two Ellipses", lambda: in_hbm(2, 3, 4)[..., 0, ...], ("...", "twice")),
    ("an index that is a text", lambda: on_chip(128, 64)["a"], ("'a'", "dimension 0", "integer")),
    ("an index that is a fraction", lambda: on_chip(128, 64)[:, 1.5], ("1.5", "dimension 1", "integer")),
    ("slice of a missing dimension", lambda: on_chip(128, 64).slice(2, 0, 1), ("2", "0 to 1")),
    ("slice past the end", lambda: on_chip(128, 64).slice(1, 0, 65), ("0:65", "dimension 1", "64")),
    ("slice without a step", lambda: on_chip(128, 64).slice(1, 0, 8, 0), ("0", "dimension 1", "at least 1")),
    ("select past the end", lambda: in_hbm(4, 128).select(0, 4), ("4", "dimension 0")),
    ("permute of partitions", lambda: on_chip(128, 4, 8).permute((1, 0, 2)), ("[1, 0, 2]", "partitions", "first")),
    ("permute without a dimension", lambda: on_chip(128, 4, 8).permute((0, 1)), ("[0, 1]", "0 to 2")),
    ("broadcast of many", lambda: on_chip(128, 4).broadcast(1, 8), ("dimension 1", "4", "1")),
    ("broadcast of partitions", lambda: on_chip(1, 4).broadcast(0, 8), ("dimension 0", "partitions")),
    ("broadcast to nothing", lambda: on_chip(128, 1).broadcast(1, 0), ("0", "at least 1")),
    ("expand before partitions", lambda: on_chip(128, 4).expand_dim(0), ("dimension 0", "partitions")),
    ("expand beyond the end", lambda: on_chip(128, 4).expand_dim(3), ("3", "0 to 2")),
    ("squeeze of many", lambda: on_chip(128, 4, 2).squeeze_dim(1), ("dimension 1", "4", "1")),
    ("squeeze of partitions", lambda: on_chip(1, 4, 2).squeeze_dim(0), ("dimension 0", "partitions")),
    ("reshape to another number", lambda: on_chip(128, 24).reshape((128, 5, 5)), ("[128, 5, 5]", "3200", "3072")),
    ("reshape of partitions", lambda: on_chip(128, 24).reshape((64, 48)), ("[64, 48]", "partitions", "128")),
    ("reshape of what is spread",
     lambda: on_chip(128, 4, 6)[:, :, 0:3].reshape((128, 12)), ("[128, 4, 3]", "[128, 12]", "spaced")),
    ("split into another number", lambda: on_chip(128, 24).reshape_dim(1, (5, 5)), ("[5, 5]", "25", "24")),
    ("split without a whole rest", lambda: on_chip(128, 24).reshape_dim(1, (5, -1)), ("24", "5")),
    ("two open sizes", lambda: on_chip(128, 24).reshape_dim(1, (-1, -1)), ("[-1, -1]", "one -1")),
    ("split of partitions", lambda: on_chip(128, 24).reshape_dim(0, (2, 64)), ("dimension 0", "partitions")),
    ("merge with partitions", lambda: on_chip(128, 2, 3).flatten_dims(0, 1), ("0 to 1", "partitions")),
    ("merge of what is not contiguous",
     lambda: on_chip(128, 2, 3).permute((0, 2, 1)).flatten_dims(1, 2), ("1 to 2", "[128, 3, 2]", "contiguous")),
    ("rearrange with other names", lambda: in_hbm(4, 6).rearrange(("a", "b"), ("a", "c")), ("a, c", "a, b")),
    ("rearrange with a wrong size",
     lambda: in_hbm(4, 6).rearrange(("a", ("b", "c")), ("a", "b", "c"), {"b": 4}), ("6", "'b': 4")),
    ("rearrange of another rank", lambda: in_hbm(4, 6).rearrange(("a",), ("a",)), ("1 dimensions", "has 2")),
    ("view of a broken element", lambda: on_chip(128, 6, dtype=dtypes.uint8).view(dtypes.float32), ("6 bytes", "4")),
    ("view of what is spread",
     lambda: on_chip(128, 8, dtype=dtypes.uint8)[:, ::2].view(dtypes.float32), ("last", "2", "must be 1")),
    ("view as no type", lambda: on_chip(128, 6).view("float31"), ("'float31'", "type")),
    ("pattern of no levels", lambda: on_chip(128, 6).ap([]), ("[]", "counts")),
    ("pattern that is none", lambda: on_chip(128, 6).ap([1, 2]), ("[1, 2]", "[stride, count]")),
    ("pattern of every other partition", lambda: on_chip(16, 32).ap([[64, 8], [1, 32]]), ("64", "32", "partition")),
    ("pattern beyond the end", lambda: in_hbm(4, 8).ap([[8, 4], [1, 9]])._record, ("32", "storage")),
    ("pattern before the start", lambda: in_hbm(4, 8).ap([[-8, 4], [1, 8]])._record, ("-24", "storage")),
    ("assignment", lambda: on_chip(4, 8).__setitem__(0, 1), ("assigned", "tensor_copy")),
    ("iteration", lambda: list(on_chip(4, 8)), ("iterated", "not known")),
)


class Messages(unittest.TestCase):
    """Every refusal, in words."""

    def test_each_says_value_limit_and_reason(self):
        for name, ask, words in REFUSED:
            with self.subTest(name), self.assertRaises(NkiValidationError) as refused:
                ask()
            with self.subTest(name, part="words"):
                for word in words:
                    self.assertIn(word, str(refused.exception))

    def test_each_names_the_tensor_and_the_line(self):
        for name, ask, _ in REFUSED:
            with self.subTest(name), self.assertRaises(NkiValidationError) as refused:
                ask()
            with self.subTest(name, part="where"):
                message = str(refused.exception)
                self.assertRegex(message, r"^\S*test_view_messages\.py:\d+: error: ")
                self.assertRegex(message, r"(float32|uint8)\[[0-9, ]+\] in (SBUF|HBM)")

    def test_the_line_is_that_of_the_call(self):
        tensor = on_chip(4, 8)
        with self.assertRaises(NkiValidationError) as refused:
            line = sys._getframe().f_lineno + 1
            tensor.permute((1, 0))
        self.assertIn(f"test_view_messages.py:{line}: ", str(refused.exception))

    def test_a_pattern_beyond_the_end_can_be_made_but_not_used(self):
        line = sys._getframe().f_lineno + 1
        beyond = on_chip(128, 64).ap([[64, 128], [2, 8]], offset=60)
        self.assertEqual((beyond.shape, beyond.strides), ((128, 8), (64, 2)))
        with self.assertRaisesRegex(NkiValidationError, f"py:{line}: error: .* 60 to 74 .* has 64"):
            beyond._record

    def test_a_name_stands_in_the_message(self):
        tensor = NkiTensor._of(Storage(1, sbuf, (4, 8), dtypes.float32, name="weights"))
        with self.assertRaises(NkiValidationError) as refused:
            tensor.broadcast(1, 2)
        self.assertIn("weights", str(refused.exception))


class Dynamic(unittest.TestCase):
    """Views whose address another tensor moves."""

    def index(self, *shape, dtype=dtypes.int32):
        return on_chip(*shape, dtype=dtype)

    def refused(self, *words):
        return self.assertRaisesRegex(NkiValidationError, ".*".join(words))

    def test_what_is_made_is_indirect(self):
        self.assertTrue(in_hbm(4, 128, 8).select(0, self.index(1, 1)).is_indirect())
        rows = in_hbm(64, 128, 8).vector_select(0, self.index(128, 1))
        self.assertEqual((rows.shape, rows.is_indirect()), ((128, 128, 8), True))
        self.assertEqual(in_hbm(4, 128, 8).select(0, self.index(1, 1)).shape, (128, 8))

    def test_one_dynamic_index_a_view(self):
        once = in_hbm(4, 128, 8).select(0, self.index(1, 1))
        with self.refused("dynamic index", "at most one"):
            once.select(0, self.index(1, 1))
        with self.refused("dynamic index", "at most one"):
            once.vector_select(0, self.index(128, 1))

    def test_partitions_have_none(self):
        with self.refused("partitions", "no dynamic index"):
            on_chip(128, 8).select(0, self.index(1, 1))

    def test_rows_by_index_stay_whole(self):
        rows = in_hbm(64, 8).vector_select(0, self.index(16, 1))
        for view in (lambda: rows[0:4], lambda: rows.slice(0, 0, 4), lambda: rows[2], lambda: rows.select(0, 1)):
            with self.refused("dimension 0", "index for each row"):
                view()
        for view in (lambda: rows.permute((1, 0)), lambda: rows.expand_dim(0), lambda: rows.reshape((8, 16))):
            with self.refused("dimension 0", "index for each row"):
                view()
        self.assertEqual(rows[:, 2:4].shape, (16, 2))

    def test_rows_by_index_are_of_hbm_and_of_dimension_0(self):
        with self.refused("dimension 1", "must be 0"):
            in_hbm(64, 8).vector_select(1, self.index(8, 1))
        with self.refused("HBM"):
            on_chip(64, 8).vector_select(0, self.index(8, 1))

    def test_an_index_is_of_integers_in_sbuf(self):
        with self.refused("float32", "int32"):
            in_hbm(64, 8).vector_select(0, self.index(8, 1, dtype=dtypes.float32))
        with self.refused("HBM", "SBUF"):
            in_hbm(64, 8).ap([[8, 4], [1, 8]], vector_offset=in_hbm(4, 1, dtype=dtypes.int32))

    def test_an_index_has_one_element_a_row_whatever_its_rank(self):
        flat = in_hbm(64)
        for shape in ((4, 1), (4, 1, 1), (4, 1, 1, 1)):
            rows = flat.ap([[1, 4], [1, 1]], vector_offset=self.index(*shape))
            self.assertEqual(flat.ap([[1, 4], [1, 1]], vector_offset=self.index(4, 1))._record, rows._record)
        for ask in (lambda: flat.ap([[1, 4], [1, 1]], vector_offset=self.index(4, 2))._record,
                    lambda: flat.ap([[1, 4], [1, 1]], scalar_offset=self.index(2, 1))._record):
            with self.refused("index has shape", "must be"):
                ask()

    def test_a_tensor_is_true_and_a_warning_says_so(self):
        errors._warned.discard("truth")
        printed = io.StringIO()
        with contextlib.redirect_stderr(printed):
            held = [bool(on_chip(4, 8)), not in_hbm(4, 8)]
        self.assertEqual([True, False], held)
        self.assertRegex(printed.getvalue(), r"\A\S*test_view_messages\.py:\d+: warning: .*is not None.*\n\Z")

    def test_one_of_two_offsets(self):
        with self.refused("scalar_offset and vector_offset", "at most one"):
            in_hbm(64, 8).ap([[8, 4], [1, 8]], scalar_offset=self.index(1, 1), vector_offset=self.index(4, 1))


if __name__ == "__main__":
    unittest.main()
