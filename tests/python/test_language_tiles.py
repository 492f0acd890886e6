"""Functions of nki.language that reduce, multiply and rearrange tiles, against plain formulas."""

import math
import unittest

from language_model import CASES, Source, count, evaluate, evaluate_all, indices, near, spread

import trnemu
import nki.language as nl


def _var(row):
    mean = math.fsum(row) / len(row)
    return math.fsum((v - mean) ** 2 for v in row) / len(row)


REDUCTIONS = {
    "sum": math.fsum, "prod": math.prod, "max": max, "min": min, "mean": lambda row: math.fsum(row) / len(row),
    "var": _var,
}


class Reductions(unittest.TestCase):
    """Along the last free dimensions."""

    def rows(self, array, first):
        """The numbers that each result is made of."""
        flat, length = array.flat(), count(array.shape[first:])
        return [flat[i:i + length] for i in range(0, len(flat), length)]

    def test_reductions(self):
        for case in range(CASES):
            for name, formula in REDUCTIONS.items():
                source = Source(f"{name} {case}")
                x = source.floats(source.shape())
                first = source.random.randint(1, len(x.shape) - 1)
                axis = list(range(first, len(x.shape)))
                axis = axis[0] if len(axis) == 1 else [a - len(x.shape) for a in axis]
                function = getattr(nl, name)
                got = evaluate_all(
                    lambda t: [function(t, axis), function(t, axis, keepdims=True)], x, chip=source.chip)
                kept = x.shape[:first] + (1,) * (len(x.shape) - first)
                short = kept if name == "var" else x.shape[:first] if first > 1 else (x.shape[0], 1)
                self.assertEqual([short, kept], [g.shape for g in got], source.name)
                for a, b, row in zip(got[0].flat(), got[1].flat(), self.rows(x, first)):
                    self.assertTrue(a == b and near(a, formula(row), 1e-5), f"{source.name}: {row}: {a}, {b}")

    def test_all(self):
        x = trnemu.array([[1.0, 2.0, 0.5], [3.0, 0.0, 1.0]])
        self.assertEqual([[1.0], [0.0]], evaluate(lambda t: nl.all(t, 1), x).tolist())

    def test_softmax(self):
        for case in range(CASES):
            source = Source(f"softmax {case}")
            x = source.floats(source.shape(3), -100, 100)
            first = 1 + case % 2
            got = evaluate(lambda t: nl.softmax(t, list(range(first, len(x.shape)))), x, chip=source.chip)
            for a, row in zip(self.rows(got, first), self.rows(x, first)):
                powers = [math.exp(v - max(row)) for v in row]
                for v, w in zip(a, powers):
                    self.assertTrue(near(v, w / sum(powers), 1e-6), source.name)

    def test_rms_norm(self):
        for case in range(CASES):
            for chip in ("trn1", "trn2"):
                source = Source(f"rms_norm {case}")
                x = source.floats(source.shape(3), 0.5, 4)
                first = 1 + case % 2
                w = source.floats((1,) + x.shape[1:])
                axis, n = list(range(first, len(x.shape))), count(x.shape[first:])
                got = evaluate(lambda s, t: nl.rms_norm(s, t, axis, n, 1e-5), x, w, chip=chip)
                weights = self.rows(trnemu.array(spread(w, x.shape), nl.float32, x.shape), first)
                for a, row, weight in zip(self.rows(got, first), self.rows(x, first), weights):
                    scale = 1 / math.sqrt(math.fsum(v * v for v in row) / n + 1e-5)
                    for v, p, q in zip(a, row, weight):
                        self.assertTrue(near(v, p * scale * q, 2e-6), source.name)

    def test_partitions_are_not_reduced(self):
        for axis in (0, [0, 1], [1], "x", []):
            with self.assertRaisesRegex(trnemu.NkiValidationError, "nl.sum: axis is .*must be"):
                evaluate(lambda t: nl.sum(t, axis), trnemu.array([0.0] * 8, shape=(2, 2, 2)))


class Matrices(unittest.TestCase):
    """Products, transposes, broadcasts, choices and gathers."""

    def test_matmul(self):
        for case in range(CASES):
            source = Source(f"matmul {case}")
            m, k, n = (source.random.choice((1, 5, 32, 40)) for _ in range(3))
            kinds = [source.random.choice((nl.float32, nl.bfloat16)) for _ in range(2)]
            x, t = (source.floats(s, dtype=kinds[0]) for s in ((m, k), (k, m)))
            y = source.floats((k, n), dtype=kinds[1])
            got = evaluate_all(
                lambda a, b, c: [nl.matmul(a, c), nl.matmul(b, c, transpose_x=True)], x, t, y, chip=source.chip)
            for result, left in zip(got, (x.tolist(), [list(row) for row in zip(*t.tolist())])):
                self.assertEqual(((m, n), nl.float32), (result.shape, result.dtype))
                numbers, right = result.tolist(), list(zip(*y.tolist()))
                for i, j in indices((m, n)):
                    wanted = math.fsum(v * w for v, w in zip(left[i], right[j]))
                    self.assertTrue(near(numbers[i][j], wanted, 3e-5), source.name)

    def test_matmul_of_many_columns(self):
        source = Source("columns")
        x, y = source.floats((4, 3)), source.floats((4, 1100))
        got = evaluate(lambda a, b: nl.matmul(a, b, transpose_x=True), x, y).tolist()
        for i, j in ((0, 0), (2, 511), (1, 512), (2, 1099)):
            self.assertTrue(near(got[i][j], math.fsum(x[p, i] * y[p, j] for p in range(4)), 1e-5))

    def test_transpose_keeps_bits(self):
        for chip in ("trn1", "trn2", "trn3"):
            for dtype in (nl.float32, nl.bfloat16, nl.int32, nl.int16, nl.uint8):
                source = Source(f"transpose {dtype}")
                rows, columns = source.random.choice(((1, 1), (40, 33), (7, 64), (100, 3)))
                x = source.integers((rows, columns), 0, 100, dtype)
                got = evaluate(nl.transpose, x, chip=chip)
                self.assertEqual((dtype, (columns, rows)), (got.dtype, got.shape))
                self.assertEqual([list(c) for c in zip(*x.tolist())], got.tolist(), f"{chip} {dtype}")

    def test_broadcast_to(self):
        for case in range(CASES):
            for dtype in (nl.float32, nl.uint8):
                source = Source(f"broadcast {case}")
                shape = source.shape()
                x = source.integers(source.grown(shape), 0, 9, dtype)
                got = evaluate(lambda t: nl.broadcast_to(t, shape), x, chip=source.chip)
                self.assertEqual((shape, dtype, spread(x, shape)), (got.shape, got.dtype, got.flat()), source.name)

    def test_broadcast_over_all_partitions(self):
        x = trnemu.array([[1, 2, 3]], nl.bfloat16)
        self.assertEqual([1, 2, 3] * 128, evaluate(lambda t: nl.broadcast_to(t, (128, 3)), x).flat())
        with self.assertRaisesRegex(trnemu.NkiValidationError, r"broadcast_to: x is \[1, 3\], shape is \[4, 6\]"):
            evaluate(lambda t: nl.broadcast_to(t, (4, 6)), x)

    def test_expand_dims(self):
        x = trnemu.array([[1, 2, 3]])
        got = evaluate_all(lambda t: [nl.expand_dims(t, 1), nl.expand_dims(t, -1)], x)
        self.assertEqual([(1, 1, 3), (1, 3, 1)], [g.shape for g in got])

    def test_where(self):
        for case in range(CASES):
            source = Source(f"where {case}")
            shape = source.shape()
            condition = trnemu.array([source.random.choice((0.0, 1.0)) for _ in range(count(shape))], nl.float32, shape)
            x, y = source.floats(source.grown(shape)), source.floats(source.grown(shape), dtype=nl.bfloat16)
            got = evaluate_all(
                lambda c, s, t: [nl.where(c, s, t), nl.where(c, s, 9.0), nl.where(c, -9.0, t, nl.float32)],
                condition, x, y, chip=source.chip)
            v, w, nine = spread(x, shape), spread(y, shape), [9.0] * count(shape)
            for g, a, b in zip(got, (v, v, [-9.0] * count(shape)), (w, nine, w)):
                self.assertEqual([p if c else q for c, p, q in zip(condition.flat(), a, b)], g.flat(), source.name)

    def test_gather(self):
        source = Source("gather")
        data, places = source.floats((16, 3, 5)), source.integers((16, 4), 0, 14)
        got = evaluate(nl.gather_flattened, data, places)
        flat = data.flat()
        self.assertEqual([flat[p * 15 + places[p, i]] for p, i in indices((16, 4))], got.flat())


if __name__ == "__main__":
    unittest.main()
