"""Bytes of arguments, and what is said of arguments that are refused. Runs without the core."""

import math
import os
import random
import unittest
from unittest import mock

from record_arguments import TILE, Operator, decoded, numpy_function
from trnemu import errors, records
from trnemu.nki import isa
from trnemu.nki.isa import _enums, _generated, constants
from trnemu.registers import VirtualRegister

REGISTER = VirtualRegister(3)


class Encoders(unittest.TestCase):
    def test_numbers_come_back(self):
        draw = random.Random(7)
        for _ in range(500):
            whole = draw.randrange(-1 << 63, 1 << 63) >> draw.randrange(64)
            number = draw.choice((draw.random(), -0.0, math.inf, float(whole), 1e-310)) * draw.choice((1, -1))
            self.assertEqual(decoded(records.integer(whole, "x")), whole)
            self.assertEqual(decoded(records.optional_integer(whole, "x")), whole)
            self.assertEqual(decoded(records.scalar(whole, "x")), float(whole))
            for encode in (records.real, records.scalar, records.optional_scalar):
                back = decoded(encode(number, "x"))
                self.assertEqual((back, math.copysign(1, back)), (number, math.copysign(1, number)))
        self.assertTrue(math.isnan(decoded(records.real(math.nan, "x"))))

    def test_lists_come_back(self):
        draw = random.Random(8)
        for _ in range(200):
            values = [draw.randrange(-1 << 40, 1 << 40) for _ in range(draw.randrange(6))]
            pairs = [[draw.randrange(-9, 999), draw.randrange(1, 99)] for _ in range(draw.randrange(5))]
            self.assertEqual(decoded(records.integers(draw.choice((list, tuple))(values), "x")), values)
            self.assertEqual(decoded(records.reals(values, "x")), [float(v) for v in values])
            self.assertEqual(decoded(records.levels(pairs, "x")), pairs)
            for pair in pairs:
                self.assertEqual(decoded(records.pair(tuple(pair), "x")), pair)
        self.assertEqual(decoded(records.integers(5, "x")), [5])
        self.assertEqual(decoded(records.integers(range(3), "x")), [0, 1, 2])
        self.assertEqual(decoded(records.operands([TILE, TILE], "x")), ["tensor", "tensor"])

    def test_absent_arguments(self):
        for encode in (records.optional_integer, records.optional_operand, records.optional_scalar, records.integers,
                       records.reals, records.pair, records.accumulation, _generated._optional_operator):
            self.assertIsNone(decoded(encode(None, "x")))
        self.assertIsNone(decoded(records.pair((), "x")))
        self.assertIsNone(decoded(records.optional_scalar(1, "scale", 1.0)))
        self.assertIsNone(decoded(records.optional_scalar(type("float64", (float,), {})(1), "scale", 1.0)))
        self.assertEqual(decoded(records.optional_scalar(2.0, "scale", 1.0)), 2.0)

    def test_truth_is_of_python_and_numpy(self):
        class bool_(int):
            __module__ = "numpy"

        for encode in (records.flag, records.accumulation):
            for value, meaning in ((True, True), (False, False), (1, True), (0, False), (bool_(1), True)):
                self.assertIs(decoded(encode(value, "x")), meaning)
        self.assertRefused("x is None, expected True or False", records.flag, None, "x")
        self.assertRefused("x is 'no' (str), expected True, False or None", records.accumulation, "no", "x")

    def test_axes_count_from_the_last(self):
        for axes, counted in ((2, [-1]), ((1, 2), [-1, -2]), ([2], [-1]), (-1, [-1]), ((-1, 1), [-1, -2])):
            self.assertEqual(decoded(records.reduced_axes(axes, TILE, "axis")), counted)
        self.assertRefused(
            "axis is 0 (int), expected free axes: axis 0 counts partitions, along which a matmul with ones adds up, or "
            "nisa.tensor_partition_reduce", records.reduced_axes, 0, TILE, "axis")
        self.assertRefused(
            "axis is 3 (int), expected free axes of a tensor of 3 dimensions: 1 to 2",
            records.reduced_axes, 3, TILE, "axis")

    def test_registers(self):
        self.assertEqual(records.register_or_integer(REGISTER, "x"), b"\7\3\0\0\0")
        self.assertEqual(decoded(records.register_or_integer(-3, "x")), -3)
        self.assertRefused("x is 1.5 (float), expected an integer or a register", records.register_or_integer, 1.5, "x")
        for use in (int, float, range, lambda r: r + 1, lambda r: 2 * r, lambda r: r < 3, lambda r: r == 3):
            with self.assertRaisesRegex(TypeError, "register, which is not known while the kernel is compiled"):
                use(REGISTER)

    def test_what_is_refused_is_named(self):
        class Silent:
            def __repr__(self):
                raise ValueError

        refusals = (
            ("dst is 3 (int), expected a tensor", records.operand, 3, "dst"),
            ("dst is register 3 (VirtualRegister), expected a tensor", records.operand, REGISTER, "dst"),
            ("x is 'a' (str), expected a tensor or None", records.optional_operand, "a", "x"),
            ("srcs[1] is 2 (int), expected a tensor", records.operands, [TILE, 2], "srcs"),
            ("srcs is a Tile of shape [128, 4, 8], expected a list of tensors", records.operands, TILE, "srcs"),
            ("x is '1' (str), expected a number or a tensor [P, 1]", records.scalar, "1", "x"),
            ("x is None, expected a number", records.real, None, "x"),
            ("x is 1.5 (float), expected an integer", records.integer, 1.5, "x"),
            (f"x is {1 << 63} (int), expected an integer of at most 64 bits", records.integer, 1 << 63, "x"),
            ("x[1] is 'b' (str), expected an integer", records.integers, [1, "b"], "x"),
            ("x is 1 (int), expected two integers, as in (0, 0)", records.pair, 1, "x"),
            ("x is [1] (list), expected a list of [step, num]", records.levels, [[2, 3], [1]], "x"),
            ("x is ? (Silent), expected a tensor", records.operand, Silent(), "x"),
            ("x is a Tile of shape [128, 4, 8], expected a number", records.real, TILE, "x"),
            (f"x is {'9' * 59}… (int), expected a number within the range of float64",
             records.real, int("9" * 400), "x"),
        )
        for message, *call in refusals:
            self.assertRefused(message, *call)

    def assertRefused(self, message, encode, *arguments):
        with self.assertRaises(errors.NkiValidationError) as refusal:
            encode(*arguments)
        place, _, text = str(refusal.exception).partition(": error: ")
        self.assertIn(os.path.basename(__file__), place)
        self.assertEqual(text, message)


class Words(unittest.TestCase):
    def test_operators_by_member_word_and_numpy(self):
        for op, word in ((Operator("add"), "add"), ("add", "add"), (numpy_function("add"), "add"), ("max", "maximum"),
                         (numpy_function("maximum"), "maximum"), (numpy_function("absolute"), "abs")):
            for _ in range(2):
                self.assertEqual(decoded(_generated._operator(op, "op")), word)
        self.assertEqual(decoded(_generated._function(Operator("gelu_apprx_tanh"), "op")), "gelu_apprx_tanh")
        self.assertEqual(decoded(_generated._function("identity", "op")), "copy")

    def test_all_words_of_the_core_are_accepted(self):
        for word in _generated.OPERATORS:
            self.assertEqual(decoded(_generated._operator(Operator(word), "op")), word)
        for word in _generated.FUNCTIONS:
            self.assertEqual(decoded(_generated._function(Operator(word), "op")), word)

    def test_a_function_of_the_user_is_no_operator(self):
        def add(x, y):
            return x + y

        for wrong in (add, 3, None, "plus", [], Operator("plus"), isa.reduce_cmd.idle, TILE):
            with self.assertRaisesRegex(errors.NkiValidationError, "expected an operator such as nl.add$"):
                _generated._operator(wrong, "op0")

    def test_choices_and_their_older_spellings(self):
        warnings = []
        with mock.patch.object(records, "warn_once", lambda key, text: warnings.append(text)):
            self.assertEqual(decoded(_generated._matmul_perf_mode(isa.matmul_perf_mode.double_row, "m")), "double_row")
            self.assertEqual(warnings, [])
            self.assertEqual(decoded(_generated._matmul_perf_mode("double_row", "perf_mode")), "double_row")
        self.assertEqual(warnings, [
            "perf_mode='double_row' is an older spelling of perf_mode=nisa.matmul_perf_mode.double_row"])
        with self.assertRaisesRegex(
                errors.NkiValidationError,
                r"m is nisa.oob_mode.skip \(oob_mode\), expected a member of nisa.matmul_perf_mode"):
            _generated._matmul_perf_mode(isa.oob_mode.skip, "m")

    def test_choices_by_number(self):
        warnings = []
        with mock.patch.object(records, "warn_once", lambda key, text: warnings.append(text)), \
                mock.patch.object(_enums, "warn_once", lambda key, text: warnings.append(text)):
            for choice, encode in ((isa.dge_mode, _generated._dge_mode), (isa.oob_mode, _generated._oob_mode)):
                for member in choice:
                    self.assertEqual(encode(member.value, "m"), encode(member, "m"))
            self.assertIs(_enums.chosen(2), isa.engine.scalar)
        self.assertEqual(len(warnings), 4 + 2 + 1)
        self.assertEqual(warnings[3], "m=3 is an older spelling of m=nisa.dge_mode.none")
        self.assertEqual(warnings[-1], "engine=2 is an older spelling of engine=nisa.engine.scalar")
        for wrong in (4, -1, True, 3.0):
            with self.assertRaisesRegex(errors.NkiValidationError, "expected a member of nisa.dge_mode"):
                _generated._dge_mode(wrong, "dge_mode")
        with self.assertRaisesRegex(errors.NkiValidationError, "expected a member of nisa.matmul_perf_mode"):
            _generated._matmul_perf_mode(1, "perf_mode")

    def test_generations_are_ordered(self):
        two, three, four = isa.nc_version
        self.assertTrue(two < three <= three < four > two and four >= three and two != three)
        with self.assertRaises(TypeError):
            two < 3

    def test_names_of_older_dialects(self):
        warnings = []
        with mock.patch.object(isa, "warn_once", lambda key, text: warnings.append(text)), \
                mock.patch.object(constants, "warn_once", lambda key, text: warnings.append(text)):
            isa.__dict__.pop("vector_engine", None)
            self.assertIs(isa.vector_engine, isa.engine.vector)
            self.assertIs(isa.vector_engine, isa.engine.vector)
            self.assertIs(constants.oob_mode, isa.oob_mode)
        self.assertEqual(len(warnings), 2)
        with self.assertRaisesRegex(AttributeError, "has been removed: use nisa.tensor_copy"):
            isa.tensor_copy_dynamic_src
        self.assertFalse(hasattr(isa, "nothing"))


if __name__ == "__main__":
    unittest.main()
