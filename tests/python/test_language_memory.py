"""Functions of nki.language that make and move tensors, and what a kernel asks about its launch."""

import contextlib
import io
import math
import os
import struct
import tempfile
import unittest

from language_model import Source, count, evaluate, evaluate_all

import trnemu
import nki
import nki.isa as nisa
import nki.language as nl


class Memory(unittest.TestCase):
    """New tensors, constants, copies between HBM and SBUF, random numbers."""

    def test_filled_tensors(self):
        for buffer in (nl.sbuf, nl.psum, nl.hbm):
            for dtype in (nl.float32, nl.bfloat16, nl.int16, nl.uint8):
                made = self.made([
                    lambda: nl.zeros((3, 5), dtype, buffer), lambda: nl.ones((3, 5), dtype, buffer),
                    lambda: nl.full((3, 5), 7, dtype, buffer),
                    lambda: nl.zeros_like(nl.ones((3, 5), dtype, buffer)),
                    lambda: nl.zeros_like(nl.ones((3, 5), dtype), buffer=buffer)])
                self.assertEqual([[v] * 15 for v in (0, 1, 7, 0, 0)], [m.flat() for m in made])
                self.assertEqual({dtype}, {m.dtype for m in made})

    def test_large_tensors_in_hbm(self):
        for shape in ((300, 7), (5,), (2, 3, 4, 5), (40_000, 9), (1, 2_000_003)):
            made = self.made([lambda: nl.full(shape, 3, nl.uint8, nl.hbm)])[0]
            self.assertEqual((shape, b"\3" * count(shape)), (made.shape, bytes(made.data)))

    def test_empty_like(self):
        def function(t):
            e = nl.empty_like(t, dtype=nl.bfloat16)
            assert (e.shape, e.dtype, e.buffer) == (t.shape, nl.bfloat16, nl.sbuf)
            nisa.memset(dst=e, value=2.0)
            return e
        self.assertEqual([[2.0, 2.0]], evaluate(function, trnemu.array([[1.0, 1.0]])).tolist())

    def made(self, functions):
        """What kernels without arguments make, wherever it lies."""
        def kernel():
            outputs = []
            for function in functions:
                result = function()
                output = nl.ndarray(result.shape, result.dtype, buffer=nl.shared_hbm)
                if nl.is_hbm(result.buffer):
                    nisa.dma_copy(dst=output, src=result)
                else:
                    nl.store(output, result)
                outputs.append(output)
            return outputs
        return trnemu.run(kernel, time=False).result

    def test_load_converts(self):
        x = trnemu.array([[1.5, 2.5], [-3.0, 4.0]])
        got = self.made_from(lambda t: [nl.load(t, dtype=nl.bfloat16), nl.load(t, dtype=nl.int32)], x)
        self.assertEqual([[[1.5, 2.5], [-3, 4]], [[2, 2], [-3, 4]]], [g.tolist() for g in got])

    def test_load_transpose2d(self):
        for dtype in (nl.float32, nl.bfloat16, nl.uint8):
            x = Source("load_transpose2d").integers((33, 6), 0, 9, dtype)
            got = self.made_from(lambda t: [nl.load_transpose2d(t)], x)[0]
            self.assertEqual([list(c) for c in zip(*x.tolist())], got.tolist())

    def made_from(self, function, x):
        """What a kernel makes in SBUF of a tensor in HBM."""
        def kernel(t):
            outputs = []
            for result in function(t):
                outputs.append(nl.ndarray(result.shape, result.dtype, buffer=nl.shared_hbm))
                nl.store(outputs[-1], result)
            return outputs
        return trnemu.run(kernel, x, time=False).result

    def test_identity(self):
        def function():
            mine = nl.ndarray((4, 4), nl.float32, buffer=nl.sbuf)
            return nl.shared_identity_matrix(4, dst=mine)
        made = self.made([
            lambda: nl.shared_identity_matrix(n=4), lambda: nl.shared_identity_matrix(4, nl.bfloat16), function])
        wanted = [[float(i == j) for j in range(4)] for i in range(4)]
        self.assertEqual([wanted] * 3, [m.tolist() for m in made])
        self.assertEqual([nl.uint8, nl.bfloat16, nl.float32], [m.dtype for m in made])

    def test_constants(self):
        values = trnemu.array([[1, -2], [3, 4]], nl.int16)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "c.npy")
            header = b"{'descr': '<i2', 'fortran_order': False, 'shape': (2, 2), }\n"
            with open(path, "wb") as file:
                file.write(b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + bytes(values.data))
            shared = []

            def one():
                shared.append([nl.shared_constant(values), nl.shared_constant(path)])
                return shared[0][0]
            made = self.made([one, lambda: shared[0][1]])
        self.assertEqual([values.tolist()] * 2, [m.tolist() for m in made])
        self.assertIs(*shared[0])
        self.assertIs(nl.shared_hbm, shared[0][0].buffer)

    def test_converted_constants_and_arrays(self):
        x = trnemu.array([[1.4, -2.6]])
        made = self.made([lambda: nl.shared_constant(x, dtype=nl.bfloat16), lambda: nl.shared_constant(x, nl.int8)])
        host = [nl.static_cast(x, dtype) for dtype in (nl.bfloat16, "int8")]
        self.assertEqual([[[1.3984375, -2.59375]], [[1, -3]]], [m.tolist() for m in made])
        self.assertEqual([(m.dtype, m.tolist()) for m in made], [(h.dtype, h.tolist()) for h in host])
        x = trnemu.array([[math.inf, -1e9, math.nan, 300.5]])
        wanted = {nl.int8: [127, -128, 0, 127], nl.uint8: [255, 0, 0, 255], nl.int16: [32767, -32768, 0, 300]}
        self.assertEqual(list(wanted.values()), [nl.static_cast(x, dtype)[0] for dtype in wanted])

    def test_random_numbers(self):
        for chip in ("trn2", "trn3"):
            def function(seed):
                nl.random_seed(seed)
                a, b = nl.rand((64, 50), nl.float32), nl.rand((64, 50), nl.float32)
                nl.random_seed(seed)
                return [a, b, nl.rand((64, 50), nl.float32), nl.rand((4, 5), nl.bfloat16, nl.psum)]
            a, b, c, _ = (g.flat() for g in evaluate_all(function, trnemu.array([[42]], nl.int32), chip=chip))
            self.assertEqual(a, c)
            self.assertNotEqual(a, b)
            self.assertTrue(all(0 <= v < 1 for v in a + b))
            self.assertLess(abs(math.fsum(a + b) / 6400 - 0.5), 0.02)

    def test_dropout(self):
        x = Source("dropout").floats((64, 50), 1, 4)
        none, some, every = (g.flat() for g in evaluate_all(
            lambda t: [
                nl.dropout(t, 0.0), nl.dropout(t, nl.full((64, 1), 0.25, nl.float32)), nl.dropout(t, 1.0, nl.bfloat16)],
            x))
        self.assertEqual((x.flat(), [0.0] * 3200), (none, every))
        self.assertTrue(all(a in (0.0, b) for a, b in zip(some, x.flat())))
        self.assertLess(abs(some.count(0.0) / 3200 - 0.25), 0.05)


class Launch(unittest.TestCase):
    """Programs, loops that unroll, sizes, printing and order."""

    def test_launch(self):
        seen = []

        def function(t):
            seen.extend((nl.program_id(0), nl.num_programs(0), nl.num_programs(axes=0), nl.program_ndim()))
            ranges = (nl.affine_range, nl.sequential_range, nl.static_range)
            seen.append([list(r(4)) + list(r(1, 7, 3)) for r in ranges])
            sizes = nl.tile_size
            seen.append((sizes.pmax, sizes.psum_num_banks, sizes.psum_fmax, sizes.sbuf_fmax))
            seen.append((sizes.total_available_sbuf_size, sizes.sbuf_size_bytes))
            return nl.copy(t)
        evaluate(function, trnemu.array([[1.0]]), chip="trn1")
        sizes = [(128, 8, 512, 45056), (180224, 24 << 20)]
        self.assertEqual([0, 1, 1, 0, [[0, 1, 2, 3, 1, 4]] * 3, *sizes], seen)

    def test_usable_bytes(self):
        for chip, size in (("trn1", 180224), ("trn2", 212984), ("trn3", 245752)):
            seen = []

            def function(t):
                seen.append(nl.tile_size.sbuf_fmax_bytes)
                return nl.copy(t)
            evaluate(function, trnemu.array([[1.0]]), chip=chip)
            self.assertEqual([size], seen)

    def test_sizes_without_a_kernel(self):
        sizes = nl.tile_size
        self.assertEqual((128, 512, 2048), (sizes.pmax, sizes.psum_bank_fmax, sizes.psum_bank_fmax_bytes))
        self.assertEqual((128, 512, 512), (sizes.gemm_stationary_fmax, sizes.gemm_moving_fmax, sizes.bn_stats_fmax))

    def test_regions(self):
        regions = (nl.sbuf, nl.psum, nl.hbm, nl.shared_hbm, "psum")
        wanted = {nl.is_sbuf: "10000", nl.is_psum: "01001", nl.is_hbm: "00110", nl.is_on_chip: "11001"}
        for function, bits in wanted.items():
            self.assertEqual(bits, "".join(str(int(function(r))) for r in regions))

    def test_device_print(self):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            def function(t):
                nl.device_print("before", t)
                nl.device_print("half", nl.multiply(t, 0.5)[0:1])
                return nl.copy(t)
            evaluate(function, trnemu.array([[1.0, 2.5], [3.0, -4.0]]))
        wanted = "before float32[2, 2]\n[\n  [1, 2.5]\n  [3, -4]\n]\nhalf float32[1, 2]\n[\n  [0.5, 1.25]\n]\n"
        self.assertEqual(wanted, output.getvalue())

    def test_two_cores(self):
        def kernel(t):
            core, cores = nl.program_id(0), nl.num_programs()
            output = nl.ndarray((2, 2), nl.float32, buffer=nl.shared_hbm)
            constants.append(nl.shared_constant(values))
            nl.store(output[core:core + 1], nl.multiply(nl.load(constants[-1][0:1]), float(core + 1)))
            seen.append((core, cores, nl.program_ndim()))
            return output
        values, constants, seen = trnemu.array([[3.0, 4.0]]), [], []
        got = trnemu.run(nki.jit(kernel)[2], values, time=False).result
        self.assertEqual([[3.0, 4.0], [6.0, 8.0]], got.tolist())
        self.assertIs(*constants)
        self.assertEqual([(0, 2, 1), (1, 2, 1)], sorted(seen))

    def test_no_reorder(self):
        def kernel(t, is_ordered):
            x, u, v, output = nl.load(t), *(nl.empty_like(t, buffer=b) for b in (nl.sbuf, nl.sbuf, nl.shared_hbm))
            with nl.no_reorder() if is_ordered else contextlib.nullcontext():
                nisa.activation(dst=u, data=x, op=nl.exp)
                with nl.no_reorder():
                    nisa.reciprocal(dst=v, data=x)
            nl.store(output, nl.add(u, v))
            return output
        x = trnemu.array([[1.0]])
        times = [trnemu.run(kernel, x, is_ordered).time_us for is_ordered in (False, True)]
        self.assertLess(*times)

    def test_loops_of_the_device_are_not_ordered(self):
        def function(t):
            for _ in nl.dynamic_range(2):
                with nl.no_reorder():
                    nisa.tensor_copy(dst=t, src=nl.add(t, 1.0))
            return nl.copy(t)
        self.assertEqual([[3.0]], evaluate(function, trnemu.array([[1.0]])).tolist())

        def refused(t):
            with nl.no_reorder():
                nl.fori_loop(0, 2, lambda i: nl.exp(t))
            return nl.copy(t)
        with self.assertRaisesRegex(trnemu.NkiValidationError, "cannot stand inside nl.no_reorder"):
            evaluate(refused, trnemu.array([[1.0]]))


if __name__ == "__main__":
    unittest.main()
