"""Functions of nki.language on one or two tiles against plain formulas."""

import math
import operator
import unittest

from language_model import CASES, Source, evaluate, evaluate_all, near, rounded, same, spread

import trnemu
import nki.isa as nisa
import nki.language as nl


def _sigmoid(x):
    return 1 / (1 + math.exp(-x))


def _phi(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def _silu_dx(x):
    return _sigmoid(x) * (1 + x * (1 - _sigmoid(x)))


def _tanh_gelu(x):
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))


ARITHMETIC = {
    "add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "maximum": max, "minimum": min,
    "equal": lambda x, y: float(x == y), "not_equal": lambda x, y: float(x != y), "less": lambda x, y: float(x < y),
    "less_equal": lambda x, y: float(x <= y), "greater": lambda x, y: float(x > y),
    "greater_equal": lambda x, y: float(x >= y), "logical_and": lambda x, y: float(x != 0 and y != 0),
    "logical_or": lambda x, y: float(x != 0 or y != 0), "logical_xor": lambda x, y: float((x != 0) != (y != 0)),
}
BITWISE = {
    "bitwise_and": operator.and_, "bitwise_or": operator.or_, "bitwise_xor": operator.xor,
    "left_shift": lambda x, y: x << y & 0xFFFFFFFF, "right_shift": operator.rshift,
}

# name: formula, lowest and highest argument
UNARY = {
    "exp": (math.exp, -4, 4), "log": (math.log, 0.01, 9), "sqrt": (math.sqrt, 0.01, 9),
    "rsqrt": (lambda x: x ** -0.5, 0.01, 9), "square": (lambda x: x * x, -4, 4),
    "sign": (lambda x: (x > 0) - (x < 0), -4, 4), "tanh": (math.tanh, -4, 4), "sigmoid": (_sigmoid, -4, 4),
    "relu": (lambda x: max(x, 0), -4, 4), "gelu": (lambda x: x * _phi(x), -4, 4),
    "gelu_dx": (lambda x: _phi(x) + x * math.exp(-x * x / 2) / math.sqrt(2 * math.pi), -4, 4),
    "gelu_apprx_tanh": (_tanh_gelu, -4, 4), "gelu_apprx_sigmoid": (lambda x: x * _sigmoid(1.702 * x), -4, 4),
    "gelu_apprx_sigmoid_dx": (lambda x: _silu_dx(1.702 * x), -4, 4), "silu": (lambda x: x * _sigmoid(x), -4, 4),
    "silu_dx": (_silu_dx, -4, 4), "softplus": (lambda x: math.log1p(math.exp(x)), -4, 4),
    "mish": (lambda x: x * math.tanh(math.log1p(math.exp(x))), -4, 4), "erf": (math.erf, -4, 4),
    "erf_dx": (lambda x: 2 / math.sqrt(math.pi) * math.exp(-x * x), -4, 4), "abs": (abs, -4, 4),
    "reciprocal": (lambda x: 1 / x, 0.1, 4), "negative": (operator.neg, -4, 4), "copy": (lambda x: x, -4, 4),
    "logical_not": (lambda x: float(x == 0), -1, 1), "arctan": (math.atan, -30, 30), "sin": (math.sin, -300, 300),
    "cos": (math.cos, -300, 300), "floor": (math.floor, -9, 9), "ceil": (math.ceil, -9, 9),
    "trunc": (math.trunc, -9, 9),
}


class OneTile(unittest.TestCase):
    """f(x) within a few units of the formula; the same from bf16 to fp32."""

    def test_functions(self):
        for case in range(CASES):
            for name, (formula, low, high) in UNARY.items():
                source = Source(f"{name} {case}")
                x = source.floats(source.shape(), low, high, source.random.choice((nl.float32, nl.bfloat16)))
                got = evaluate(lambda t: getattr(nl, name)(t, dtype=nl.float32), x, chip=source.chip)
                self.assertEqual(x.shape, got.shape)
                for a, b in zip(got.flat(), x.flat()):
                    self.assertTrue(near(a, formula(b), 2e-6), f"{source.name}: {name}({b}) = {a}, not {formula(b)}")

    def test_type_is_that_of_the_tile(self):
        x = trnemu.array([[1.5, -2.25]], nl.bfloat16)
        for name in ("exp", "abs", "copy", "negative", "floor", "cos", "arctan"):
            self.assertEqual(nl.bfloat16, evaluate(getattr(nl, name), x).dtype, name)

    def test_whole_parts_of_large_numbers_and_of_no_numbers(self):
        values = [8388607.5, -8388607.5, 3e9, -3e38, math.inf, -math.inf, math.nan, -0.25, 0.5, 1.5, 2.0 ** 31]
        got = evaluate_all(lambda t: [nl.floor(t), nl.ceil(t), nl.trunc(t)], trnemu.array([values]))
        for array, formula in zip(got, (math.floor, math.ceil, math.trunc)):
            wanted = [float(formula(v)) if math.isfinite(v) else v for v in map(rounded, values)]
            self.assertTrue(all(map(same, array.flat(), wanted)), f"{formula.__name__}: {array.flat()}")

    def test_tan(self):
        source = Source("tan")
        x = source.floats((5, 7), -1.5, 1.5)
        for a, b in zip(evaluate(nl.tan, x).flat(), x.flat()):
            self.assertTrue(near(a, math.tan(b), 5e-6), f"tan({b}) = {a}")

    def test_angles_of_many_turns(self):
        source = Source("turns")
        x = source.floats((8, 40), -50_000, 50_000)
        sines, cosines = evaluate_all(lambda t: [nl.sin(t), nl.cos(t)], x)
        for s, c, b in zip(sines.flat(), cosines.flat(), x.flat()):
            self.assertLess(max(abs(s - math.sin(b)), abs(c - math.cos(b))), 1e-6, b)

    def test_bits(self):
        x = trnemu.array([[5, -1, 1 << 30]], nl.int32)
        self.assertEqual([[-6, 0, ~(1 << 30)]], evaluate(nl.invert, x).tolist())
        with self.assertRaisesRegex(trnemu.NkiValidationError, "invert: x is float32, must be an integer type"):
            evaluate(nl.invert, trnemu.array([[1.0]]))

    def test_static_cast(self):
        got = evaluate(lambda t: nl.static_cast(t, nl.int32), trnemu.array([[1.5, 2.5, -0.75]]))
        self.assertEqual([[2, 2, -1]], got.tolist())


class TwoTiles(unittest.TestCase):
    """x op y, of tiles that are made equal in shape, and of a tile and a number on either side."""

    def test_arithmetic(self):
        for case in range(CASES):
            for name, formula in ARITHMETIC.items():
                source = Source(f"{name} {case}")
                shape = source.shape()
                x, y = (source.floats(source.grown(shape)) for _ in range(2))
                both = tuple(max(a, b) for a, b in zip(x.shape, y.shape))
                function, number = getattr(nl, name), source.random.choice((0.0, 1.0, -2.5))
                got = evaluate_all(
                    lambda s, t: [function(s, t), function(s, number), function(number, t)], x, y, chip=source.chip)
                self.check(source, formula, got[0], both, spread(x, both), spread(y, both))
                self.check(source, formula, got[1], x.shape, x.flat(), [number] * len(x.flat()))
                self.check(source, formula, got[2], y.shape, [number] * len(y.flat()), y.flat())

    def check(self, source, formula, got, shape, x, y):
        self.assertEqual(tuple(shape), got.shape, source.name)
        for a, v, w in zip(got.flat(), x, y):
            self.assertEqual(rounded(formula(v, w)), a, f"{source.name}: {v}, {w}")

    def test_magnitudes_need_generation_4(self):
        x, y = trnemu.array([[1.0, -5.0, 2.0]]), trnemu.array([[-1.0, 3.0, 4.0]])
        got = evaluate_all(lambda s, t: [nl.abs_max(s, t), nl.abs_min(s, t)], x, y, chip="trn3")
        self.assertEqual([[[-1.0, -5.0, 4.0]], [[-1.0, 3.0, 2.0]]], [g.tolist() for g in got])
        with self.assertRaisesRegex(trnemu.NkiValidationError, "generation 4"):
            evaluate(nl.abs_max, x, y)

    def test_power_and_division(self):
        source = Source("power")
        x, y = source.floats((4, 6), 0.1, 4), source.floats((4, 6), 0.5, 3)
        got = evaluate_all(
            lambda s, t: [
                nl.power(s, t), nl.power(s, 2.0), nl.power(2.0, t), nl.divide(s, t), nl.divide(s, 3.0),
                nl.divide(1.0, t)],
            x, y)
        formulas = [
            lambda v, w: v ** w, lambda v, w: v ** 2, lambda v, w: 2 ** w, lambda v, w: v / w, lambda v, w: v / 3,
            lambda v, w: 1 / w]
        for k, formula in enumerate(formulas):
            for a, v, w in zip(got[k].flat(), x.flat(), y.flat()):
                self.assertTrue(near(a, formula(v, w), 1e-6), f"{k}: {v}, {w}: {a}")

    def test_large_integers_are_exact(self):
        x, y = trnemu.array([[(1 << 24) + 1, 7]], nl.int32), trnemu.array([[(1 << 24) + 2, -3]], nl.int32)
        got = evaluate_all(lambda s, t: [nl.add(s, t), nl.multiply(s, t), nl.power(t, 3)], x, y)
        wanted = [[(1 << 25) + 3, 4], [((1 << 24) + 1) * ((1 << 24) + 2), -21], [((1 << 24) + 2) ** 3, -27]]
        wanted = [[[((v + (1 << 31)) % (1 << 32)) - (1 << 31) for v in row]] for row in wanted]
        self.assertEqual(wanted, [g.tolist() for g in got])

    def test_bitwise(self):
        for case in range(CASES):
            for name, formula in BITWISE.items():
                source = Source(f"{name} {case}")
                shape, function = source.shape(), getattr(nl, name)
                x = source.integers(shape, 0, (1 << 32) - 1, nl.uint32)
                y = source.integers(shape[:-1] + (1,), 0, 31, nl.uint32)
                got = evaluate_all(lambda s, t: [function(s, t), function(s, 5)], x, y, chip=source.chip)
                wanted = [formula(v, w) for v, w in zip(x.flat(), spread(y, shape))]
                self.assertEqual(wanted, got[0].flat(), source.name)
                self.assertEqual([formula(v, 5) for v in x.flat()], got[1].flat(), source.name)

    def test_remainders(self):
        for case in range(CASES):
            source = Source(f"mod {case}")
            shape = source.shape(2)
            x, y = source.integers(shape, -10 ** 6, 10 ** 6, nl.int32), source.integers(shape, 1, 99, nl.int32)
            y = trnemu.array([v * source.random.choice((-1, 1)) for v in y.flat()], nl.int32, shape)
            got = evaluate_all(
                lambda s, t: [nl.mod(s, t), nl.fmod(s, t), nl.mod(s, 7), nl.fmod(100, t)], x, y, chip=source.chip)
            for g, f in zip(got, (lambda v, w: v % w, math.fmod, lambda v, w: v % 7, lambda v, w: math.fmod(100, w))):
                self.assertEqual([f(v, w) for v, w in zip(x.flat(), y.flat())], g.flat(), source.name)

    def test_remainders_where_the_quotient_rounds_across_a_whole_number(self):
        pairs = [(k * y + d, y) for y in range(1, 100) for k in (1, 2, 3, 98, 160_000 // y) for d in (-1, 0)]
        pairs += [((1 << 24) - d, y) for y in (3, 5, 7, 11) for d in range(40)]
        x, y = (trnemu.array([list(v)], nl.int32) for v in zip(*pairs))
        got = evaluate_all(lambda s, t: [nl.mod(s, t), nl.fmod(s, t)], x, y)
        for g, formula in zip(got, (operator.mod, math.fmod)):
            self.assertEqual([formula(v, w) for v, w in pairs], g.flat())

    def test_types_meet(self):
        pairs = [
            (nl.float32, nl.bfloat16, nl.float32), (nl.bfloat16, nl.float16, nl.float32),
            (nl.int32, nl.bfloat16, nl.bfloat16), (nl.uint8, nl.int32, nl.int32),
            (nl.bfloat16, nl.float8_e5m2, nl.bfloat16)]
        for first, second, wanted in pairs:
            x, y = trnemu.array([[2]], first), trnemu.array([[1]], second)
            for got in evaluate_all(lambda s, t: [nl.add(s, t), nl.add(t, s)], x, y):
                self.assertEqual((wanted, [[3]]), (got.dtype, got.tolist()), f"{first} {second}")

    def test_operands_in_psum(self):
        x, y = trnemu.array([[1.0, 2.0]]), trnemu.array([[3.0, 5.0]])

        def function(s, t):
            a, b = (nl.ndarray(v.shape, v.dtype, buffer=nl.psum) for v in (s, t))
            nisa.tensor_copy(dst=a, src=s)
            nisa.tensor_copy(dst=b, src=t)
            return [nl.add(a, b), nl.power(a, b), nl.multiply(a, 2.0)]
        got = [g.tolist() for g in evaluate_all(function, x, y)]
        self.assertEqual([[[4.0, 7.0]], [[1.0, 32.0]], [[2.0, 4.0]]], got)

    def test_what_is_refused(self):
        x = trnemu.array([[1.0, 2.0], [3.0, 4.0]])
        cases = [
            (lambda t: nl.add(t, nl.zeros((2, 3), nl.float32)), r"\[2, 2\], \[2, 3\] do not fit: dimension 1 has 2"),
            (lambda t: nl.add(t, nl.zeros((2, 1, 2), nl.float32)), "have not the same number of dimensions"),
            (lambda t: nl.add(1.0, 2.0), "at least one must be a tile"),
            (lambda t: nl.add(t, "b"), "y is 'b', must be a tile or a number"),
            (lambda t: nl.add(t, nl.ndarray((2, 2), nl.float32, buffer=nl.hbm)), "y is in HBM, must be a tile in SBUF"),
            (lambda t: nl.exp(t, dtype="float7"), "dtype is 'float7', expected an element type"),
            (lambda t: nl.bitwise_and(t, 1), "x is float32, must be an integer type"),
            (lambda t: nl.bypass(t), "it cannot be called"),
            (lambda t: nl.arange(5), "of the dialect before NKI 0.3"),
        ]
        for function, message in cases:
            with self.assertRaisesRegex(trnemu.NkiValidationError, "test_language.py:[0-9]+: error: .*" + message):
                evaluate(function, x)


class Operators(unittest.TestCase):
    """nl.add is an operator and a function."""

    def test_words(self):
        import copy
        import pickle

        for name in [*ARITHMETIC, *BITWISE, "exp", "copy", "gelu_apprx_tanh", "abs", "bypass", "prelu"]:
            op = getattr(nl, name)
            self.assertEqual((name, name), (op.word, op.__name__))
            self.assertIs(op, copy.deepcopy(op))
            self.assertIs(op, pickle.loads(pickle.dumps(op)))

    def test_every_name_exists(self):
        for name in nl.__all__:
            self.assertTrue(hasattr(nl, name), name)


if __name__ == "__main__":
    unittest.main()
