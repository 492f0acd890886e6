"""Arrays of the host: without numpy, with numpy, with torch; results come back in kind."""

import array
import math
import unittest

import trnemu
import nki
import nki.isa as nisa
import nki.language as nl
from trnemu import dtypes, values

try:
    import numpy as np
except ImportError:
    np = None
try:
    import torch
except ImportError:
    torch = None

NUMPY = unittest.skipIf(np is None, "numpy is not installed: arrays of numpy are left out")
TORCH = unittest.skipIf(torch is None, "torch is not installed: tensors of torch are left out")


@nki.jit
def through(x):
    y = nl.ndarray(x.shape, x.dtype, buffer=nl.shared_hbm)
    nisa.dma_copy(dst=y, src=x)
    return y


@nki.jit
def doubled(x):
    tile = nl.ndarray(x.shape, x.dtype, buffer=nl.sbuf)
    nisa.dma_copy(dst=tile, src=x)
    nisa.tensor_tensor(dst=tile, data1=tile, data2=tile, op=nl.add)
    nisa.dma_copy(dst=x, src=tile)


class Plain(unittest.TestCase):
    def test_numbers_of_every_type_come_back(self):
        for dtype in dtypes.ALL:
            if dtype.kind in "fisb":
                given = trnemu.array([[0, 1, 2, 4]], dtype)
                if dtype.kind == "s":
                    given = trnemu.array([[1, 2, 4, 8]], dtype)
                self.assertEqual(nki.simulate(through)(given).tolist(), given.tolist(), dtype)

    def test_every_code_of_the_small_floats_survives(self):
        for dtype in (dtypes.float8_e4m3, dtypes.float8_e4m3fn, dtypes.float8_e5m2):
            numbers = values.decode(dtype, bytes(range(256)))
            for code, number in enumerate(numbers):
                if not math.isnan(number):
                    self.assertEqual(values.encode(dtype, [number])[0], code, (dtype, number))

    def test_rounding_is_to_nearest_even(self):
        for dtype, given, expected in (
                ("bfloat16", 1 + 2 ** -8, 1.0), ("bfloat16", 1 + 3 * 2 ** -8, 1 + 2 ** -6), ("float8_e4m3", 17.0, 16.0),
                ("float8_e4m3", 19.0, 20.0), ("float8_e5m2", 2.0 ** -17, 0.0), ("float16", 1 + 2 ** -11, 1.0)):
            self.assertEqual(trnemu.array([given], dtype).tolist(), [expected], (dtype, given))

    def test_buffers_of_python(self):
        self.assertEqual(nki.simulate(through)(array.array("f", [1, 2, 3])).tolist(), [1.0, 2.0, 3.0])
        x = array.array("i", [1, 2, 3, 4])
        nki.simulate(doubled)(memoryview(x).cast("B").cast("i", (2, 2)))
        self.assertEqual(list(x), [2, 4, 6, 8])

    def test_one_array_given_twice_is_one_tensor(self):
        @nki.jit
        def same(a, b):
            doubled(a)
            return through(b)

        x = trnemu.array([[1.0, 2.0]])
        self.assertEqual(nki.simulate(same)(x, x).tolist(), [[2.0, 4.0]])


@NUMPY
class Numpy(unittest.TestCase):
    def test_types_and_shapes_come_back(self):
        for name in ("float32", "float16", "int32", "uint32", "int16", "uint16", "int8", "uint8", "bool"):
            given = np.arange(24).reshape(2, 3, 4).astype(name)
            result = nki.simulate(through)(given)
            self.assertIsInstance(result, np.ndarray)
            self.assertEqual(result.dtype, given.dtype)
            np.testing.assert_array_equal(result, given)

    def test_what_is_not_contiguous_is_read_and_written_in_place(self):
        base = np.arange(24, dtype=np.float32).reshape(4, 6)
        expected = base.copy()
        expected[::2, 1::2] *= 2
        nki.simulate(doubled)(base[::2, 1::2])
        np.testing.assert_array_equal(base, expected)

    def test_types_that_the_chip_lacks_are_narrowed(self):
        self.assertEqual(nki.simulate(through)(np.array([[0.1]])).dtype, np.float32)
        self.assertEqual(nki.simulate(through)(np.array([[5]])).dtype, np.int32)

    def test_an_input_that_was_narrowed_is_written_in_place(self):
        x = np.array([[1.5, 2.0]])
        nki.simulate(doubled)(x)
        np.testing.assert_array_equal(x, [[3.0, 4.0]])

    def test_narrow_floats_come_back_exactly(self):
        @nki.jit
        def narrow(x):
            tile = nl.load(x, dtype=nl.bfloat16)
            y = nl.ndarray(x.shape, nl.bfloat16, buffer=nl.shared_hbm)
            nisa.dma_copy(dst=y, src=tile)
            return y

        result = nki.simulate(narrow)(np.array([[1.0, 1 + 2 ** -8, 2.0 ** 120]], np.float32))
        np.testing.assert_array_equal(result.astype(np.float32), np.array([[1.0, 1.0, 2.0 ** 120]], np.float32))

    def test_types_compare(self):
        for dtype in (nl.float32, nl.int8, nl.float16):
            self.assertEqual(dtype, np.dtype(str(dtype)))
            self.assertEqual(dtype, getattr(np, str(dtype)))
            self.assertEqual(np.dtype(str(dtype)), dtype)
        self.assertNotEqual(nl.float32, np.float16)
        self.assertIs(dtypes.of(np.int32), dtypes.int32)

    def test_operators_of_numpy_name_ours(self):
        @nki.jit
        def kernel(a, b):
            x, y = nl.load(a), nl.load(b)
            nisa.tensor_tensor(dst=x, data1=x, data2=y, op=np.multiply)
            z = nl.ndarray(a.shape, a.dtype, buffer=nl.shared_hbm)
            nl.store(z, x)
            return z

        a, b = np.arange(6, dtype=np.float32).reshape(2, 3), np.full((2, 3), 3, np.float32)
        np.testing.assert_array_equal(nki.simulate(kernel)(a, b), a * b)

    def test_constants_and_scalars(self):
        @nki.jit
        def kernel(x, n):
            c = nl.shared_constant(np.arange(8, dtype=np.float32).reshape(1, 8))
            tile = nl.load(c)
            nisa.tensor_scalar(dst=tile, data=tile, op0=nl.multiply, operand0=n)
            y = nl.ndarray((1, 8), nl.float32, buffer=nl.shared_hbm)
            nl.store(y, tile)
            return y

        result = nki.simulate(kernel)(np.zeros((1, 1), np.float32), np.float32(2))
        np.testing.assert_array_equal(result, np.arange(8).reshape(1, 8) * 2)


@TORCH
class Torch(unittest.TestCase):
    def test_tensors_come_back(self):
        for kind in (torch.float32, torch.bfloat16, torch.float16, torch.int32, torch.uint8):
            given = torch.arange(12).reshape(3, 4).to(kind)
            result = nki.simulate(through)(given)
            self.assertEqual(result.dtype, kind)
            self.assertTrue(torch.equal(result, given))

    def test_in_place(self):
        x = torch.tensor([[1.0, 2.0]])
        nki.simulate(doubled)(x)
        self.assertEqual(x.tolist(), [[2.0, 4.0]])

    def test_types_compare(self):
        self.assertEqual(nl.bfloat16, torch.bfloat16)
        self.assertIs(dtypes.of(torch.float32), dtypes.float32)


if __name__ == "__main__":
    unittest.main()
