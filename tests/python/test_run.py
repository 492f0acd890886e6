"""trnemu.run, nki.simulate and calls of kernels: results, time, memory, loops, cores, and what is refused in words."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from unittest.mock import patch

import trnemu
import nki
import nki.isa as nisa
import nki.language as nl


def values(rows=4, columns=8):
    return trnemu.array([[float(i + j) for j in range(columns)] for i in range(rows)])


@nki.jit
def add_one(x):
    tile = nl.ndarray(x.shape, dtype=x.dtype, buffer=nl.sbuf)
    nisa.dma_copy(dst=tile, src=x)
    nisa.tensor_scalar(dst=tile, data=tile, op0=nl.add, operand0=1.0)
    y = nl.ndarray(x.shape, dtype=x.dtype, buffer=nl.shared_hbm)
    nisa.dma_copy(dst=y, src=tile)
    return y


@nki.jit
def unwritten(x):
    tile = nl.ndarray(x.shape, dtype=x.dtype, buffer=nl.sbuf)
    y = nl.ndarray(x.shape, dtype=x.dtype, buffer=nl.shared_hbm)
    nisa.dma_copy(dst=y, src=tile)
    return y


@nki.jit
def double_in_place(x):
    tile = nl.load(x)
    nisa.tensor_scalar(dst=tile, data=tile, op0=nl.multiply, operand0=2.0)
    nl.store(x, tile)


@nki.jit
def sum_rows(x, count):
    total = nl.zeros((1, x.shape[1]), nl.float32)
    loaded = nl.load(count)
    rows = nisa.register_alloc()
    nisa.register_load(rows, loaded)
    for i in nl.dynamic_range(rows):
        row = nl.ndarray(total.shape, nl.float32, buffer=nl.sbuf)
        nisa.dma_copy(dst=row, src=x.ap([[x.shape[1], 1], [1, x.shape[1]]], scalar_offset=i))
        nisa.tensor_tensor(dst=total, data1=total, data2=row, op=nl.add)
    y = nl.ndarray(total.shape, nl.float32, buffer=nl.shared_hbm)
    nisa.dma_copy(dst=y, src=total)
    return y


@nki.jit
def triangle(n):
    left, total, one = nl.load(n), nl.zeros((1, 1), nl.int32), nl.full((1, 1), 1, nl.int32)
    register = nisa.register_alloc()
    nisa.register_load(register, left)
    while register:
        nisa.tensor_tensor(dst=total, data1=total, data2=left, op=nl.add)
        nisa.tensor_tensor(dst=left, data1=left, data2=one, op=nl.subtract)
        nisa.register_load(register, left)
    y = nl.ndarray((1, 1), nl.int32, buffer=nl.shared_hbm)
    nisa.dma_copy(dst=y, src=total)
    return y


@nki.jit
def swap_halves(x):
    core, half = nl.program_id(0), x.shape[0] // nl.num_programs(0)
    y = nl.ndarray(x.shape, x.dtype, buffer=nl.shared_hbm)
    mine = nl.load(x[core * half:core * half + half, :])
    other = nl.ndarray(mine.shape, mine.dtype, buffer=nl.sbuf)
    nisa.sendrecv(src=mine, dst=other, send_to_rank=1 - core, recv_from_rank=1 - core, pipe_id=0)
    nl.store(y[core * half:core * half + half, :], other)
    nisa.core_barrier(y, [0, 1])
    return y


class Results(unittest.TestCase):
    def test_all_ways_to_call_give_the_same(self):
        expected = [[float(i + j + 1) for j in range(8)] for i in range(4)]
        for call in (nki.simulate(add_one), add_one, add_one[1], nki.jit(add_one)):
            self.assertEqual(call(values()).tolist(), expected)
        self.assertEqual(trnemu.run(add_one, values()).outputs[0].tolist(), expected)

    def test_the_decorator_takes_arguments_and_kernels_call_kernels(self):
        @nki.jit(mode="any")
        def twice(x):
            return add_one(add_one(x))

        self.assertEqual(twice(values()).tolist()[0][0], 2.0)

    def test_results_keep_their_structure(self):
        @nki.jit
        def several(x):
            return {"a": add_one(x), "b": (add_one(x), 3)}

        result = nki.simulate(several)(values())
        self.assertEqual((result["a"].tolist()[0][0], result["b"][0].tolist()[0][0], result["b"][1]), (1.0, 1.0, 3))

    def test_inputs_that_are_written_change_in_place(self):
        for call in (nki.simulate(double_in_place), lambda x: trnemu.run(double_in_place, x)):
            x = trnemu.array([[1.0, 2.0]])
            call(x)
            self.assertEqual(x.tolist(), [[2.0, 4.0]])

    def test_what_nothing_wrote(self):
        self.assertNotEqual(*[nki.simulate(unwritten)(values()).tolist()[0][0]] * 2)
        integers = trnemu.array([[1, 2]], "int32")
        self.assertEqual(nki.simulate(unwritten)(integers).tolist(), [[4, 4]])
        self.assertEqual(trnemu.run(unwritten, values(), uninitialised="zero").outputs[0].tolist()[0][0], 0.0)
        with self.assertRaises(trnemu.NkiFault) as refused:
            trnemu.run(unwritten, values())
        self.assertRegex(
            str(refused.exception), r"test_run.py:\d+: error TRN3110: dma_copy reads .* which nothing wrote")

    def test_without_precise_arithmetic_narrow_floats_are_fp32(self):
        @nki.jit
        def through(x):
            tile = nl.ndarray(x.shape, nl.bfloat16, buffer=nl.sbuf)
            nisa.dma_copy(dst=tile, src=x)
            y = nl.ndarray(x.shape, nl.float32, buffer=nl.shared_hbm)
            nisa.dma_copy(dst=y, src=tile)
            return y

        x = trnemu.array([[1.0009765625]])
        self.assertEqual(nki.simulate(through)(x).tolist(), [[1.0]])
        with patch.dict(os.environ, NKI_PRECISE_FP="0"):
            self.assertEqual(nki.simulate(through)(x).tolist(), x.tolist())


class Time(unittest.TestCase):
    def test_a_run_tells_its_time_and_why(self):
        run = trnemu.run(add_one, values())
        self.assertGreater(run.time_us, 1)
        self.assertEqual(run.json["chip"], "trn2")
        self.assertIn("Critical path", run.report())
        self.assertRegex(run.program(), r"sbuf +tile +: fp32\[4,8\]")
        self.assertAlmostEqual(run.cycles, run.time_us * 2400, places=3)

    def test_the_same_run_takes_the_same_time(self):
        self.assertEqual(trnemu.run(add_one, values()).time_us, trnemu.run(add_one, values()).time_us)

    def test_files(self):
        run = trnemu.run(add_one, values())
        with tempfile.TemporaryDirectory() as folder:
            trace, page = os.path.join(folder, "t.json"), os.path.join(folder, "r.html")
            run.save_trace(trace)
            run.save_report(page)
            with open(trace, encoding="utf-8") as file:
                self.assertTrue(json.load(file))
            with open(page, encoding="utf-8") as file:
                self.assertIn("<html", file.read())

    def test_chips(self):
        def version(**options):
            seen = []

            @nki.jit
            def ask(x):
                seen.append(nisa.get_nc_version())
                return add_one(x)

            trnemu.run(ask, values(), **options) if options.pop("timed", True) else nki.simulate(ask)(values())
            return seen[0]

        self.assertEqual(version(), nisa.nc_version.gen3)
        self.assertEqual(version(chip="gen2"), nisa.nc_version.gen2)
        self.assertEqual(version(timed=False), nisa.nc_version.gen4)
        with patch.dict(os.environ, NEURON_PLATFORM_TARGET_OVERRIDE="trn1"):
            self.assertEqual(version(timed=False), nisa.nc_version.gen2)
        with self.assertRaisesRegex(trnemu.NkiValidationError, "trn9"):
            trnemu.run(add_one, values(), chip="trn9")

    def test_a_schedule_orders_named_instructions(self):
        @nki.jit
        def kernel(x):
            first, second = nl.load(x), nl.load(x)
            nisa.activation(dst=first, op=nl.exp, data=first, name="exp")
            nisa.tensor_scalar(dst=second, data=second, op0=nl.add, operand0=1.0, name="plus1")
            nisa.tensor_tensor(dst=first, data1=first, data2=second, op=nl.add)
            y = nl.ndarray(x.shape, x.dtype, buffer=nl.shared_hbm)
            nisa.dma_copy(dst=y, src=first)
            return y

        free = trnemu.run(kernel, values())
        for edges in ([("plus1", "exp")], [("plus1", ["exp"])]):
            run = trnemu.run(kernel.with_schedule(edges), values())
            self.assertEqual(run.outputs[0].tolist(), free.outputs[0].tolist())
            self.assertGreater(run.time_us, free.time_us)
        wrong = ([("plus1", "log")], "named 'log'"), ([("exp", "plus1")], "issues after it"), (["exp"], "no pair")
        for edges, words in wrong:
            with self.assertRaisesRegex(trnemu.NkiValidationError, words):
                trnemu.run(kernel.with_schedule(edges), values())

    def test_nothing_is_kept_without_time(self):
        with self.assertRaisesRegex(trnemu.TrnEmuError, "not timed"):
            trnemu.run(add_one, values(), time=False).report()


class Loops(unittest.TestCase):
    def test_a_counted_loop_runs_as_often_as_a_register_says(self):
        for count in (0, 1, 3):
            run = trnemu.run(sum_rows, values(), trnemu.array([[count]], "int32"))
            self.assertEqual(run.outputs[0].tolist()[0][0], float(sum(range(count))))
            self.assertEqual(run.program().count("tensor_tensor"), 1 if count else 0)

    def test_an_index_beyond_the_tensor_is_a_fault(self):
        with self.assertRaisesRegex(trnemu.NkiFault, "index 4 times stride 8 is outside tensor x"):
            trnemu.run(sum_rows, values(), trnemu.array([[9]], "int32"))

    def test_while_a_register_is_not_0(self):
        for n in (0, 1, 5):
            run = trnemu.run(triangle, trnemu.array([[n]], "int32"))
            self.assertEqual(run.outputs[0].tolist(), [[n * (n + 1) // 2]])

    def test_structured_loops(self):
        @nki.jit
        def kernel(n):
            total, left = nl.zeros((1, 1), nl.int32), nl.load(n)
            one = nl.full((1, 1), 1, nl.int32)
            nl.fori_loop(0, 3, lambda i: nisa.tensor_tensor(dst=total, data1=total, data2=one, op=nl.add))
            condition = nisa.register_alloc()
            nisa.register_load(condition, left)

            def body(register):
                nisa.tensor_tensor(dst=total, data1=total, data2=one, op=nl.add)
                nisa.tensor_tensor(dst=left, data1=left, data2=one, op=nl.subtract)
                nisa.register_load(register, left)
                return register

            nl.while_loop(condition, body)
            y = nl.ndarray((1, 1), nl.int32, buffer=nl.shared_hbm)
            nisa.dma_copy(dst=y, src=total)
            return y

        self.assertEqual(trnemu.run(kernel, trnemu.array([[4]], "int32")).outputs[0].tolist(), [[7]])

    def test_loops_in_loops(self):
        @nki.jit
        def kernel(n):
            total, one, bound = nl.zeros((1, 1), nl.int32), nl.full((1, 1), 1, nl.int32), nl.load(n)
            for _ in nl.dynamic_range(3):
                inner = nisa.register_alloc()
                nisa.register_load(inner, bound)
                for _ in nl.dynamic_range(inner):
                    nl.fori_loop(0, 2, lambda i: nisa.tensor_tensor(dst=total, data1=total, data2=one, op=nl.add))
                nisa.tensor_tensor(dst=bound, data1=bound, data2=one, op=nl.add)
            y = nl.ndarray((1, 1), nl.int32, buffer=nl.shared_hbm)
            nisa.dma_copy(dst=y, src=total)
            return y

        for n in (0, 2):
            run = trnemu.run(kernel, trnemu.array([[n]], "int32"))
            self.assertEqual(run.outputs[0].tolist(), [[2 * (n + n + 1 + n + 2)]])

    def test_iterations_must_be_alike(self):
        @nki.jit
        def kernel(x):
            tile, seen = nl.load(x), []
            for _ in nl.dynamic_range(2):
                seen.append(None)
                nisa.tensor_scalar(dst=tile, data=tile, op0=nl.add, operand0=float(len(seen)))
            return add_one(x)

        with self.assertRaisesRegex(trnemu.NkiValidationError, "iteration"):
            trnemu.run(kernel, values())

    def test_a_loop_is_not_left(self):
        @nki.jit
        def kernel(x):
            for _ in nl.dynamic_range(5):
                nl.load(x)
                break
            return add_one(x)

        with self.assertRaisesRegex(trnemu.NkiValidationError, "left by break or return"):
            trnemu.run(kernel, values())


class Cores(unittest.TestCase):
    def test_two_cores_exchange_and_meet(self):
        rows = values().tolist()
        run = trnemu.run(swap_halves[2], values())
        self.assertEqual(run.outputs[0].tolist(), rows[2:] + rows[:2])
        self.assertEqual(run.json["cores"], 2)

    def test_who_waits_alone_is_told(self):
        @nki.jit
        def kernel(x):
            y = nl.ndarray(x.shape, x.dtype, buffer=nl.shared_hbm)
            if nl.program_id(0) == 0:
                nisa.core_barrier(y, [0, 1])
            return y

        words = r"TRN3002: core 0 waits at core_barrier .*\n *core 1 has come to its end"
        with self.assertRaisesRegex(trnemu.NkiFault, words):
            trnemu.run(kernel[2], values())

    def test_an_error_of_one_core_ends_both(self):
        @nki.jit
        def kernel(x):
            y = nl.ndarray(x.shape, x.dtype, buffer=nl.shared_hbm)
            if nl.program_id(0) == 1:
                raise KeyError("mine")
            nisa.core_barrier(y, [0, 1])
            return y

        with self.assertRaises(KeyError):
            trnemu.run(kernel[2], values())


class Refused(unittest.TestCase):
    def refuses(self, kernel, words, *arguments):
        with self.assertRaises(trnemu.NkiValidationError) as refused:
            trnemu.run(kernel, *(arguments or (values(),)))
        self.assertRegex(str(refused.exception), r"^[\w./]*test_run.py:\d+: ")
        self.assertRegex(str(refused.exception), words)

    def test_kernels_that_do_nothing_or_never_end(self):
        self.refuses(nki.jit(lambda x: None), "returns no tensor")
        self.refuses(nki.jit(lambda x: nl.load(x)), "results must be in HBM")

        @nki.jit
        def endless(x):
            return endless(x)

        self.refuses(endless, "recurses without end")

    def test_too_much_memory(self):
        too_large = nki.jit(lambda x: nl.ndarray((1 << 30, 1 << 20), nl.float32, buffer=nl.shared_hbm))
        self.refuses(too_large, "more than .* elements")

        @nki.jit
        def nine_banks(x):
            sums = [nl.ndarray((128, 512), nl.float32, buffer=nl.psum) for _ in range(9)]
            left, right = nl.zeros((128, 128), nl.bfloat16), nl.zeros((128, 512), nl.bfloat16)
            for total in sums:
                nisa.nc_matmul(total, left, right)
            y = nl.ndarray((128, 512), nl.float32, buffer=nl.shared_hbm)
            for total in sums:
                nl.store(y, nl.copy(total))
            return y

        self.refuses(nine_banks, r"TRN4001: .* 0 of 16384 are free; 8 tensors are live\n.*test_run.py:\d+: sums fp32")

    def test_registers_have_no_value_for_python(self):
        @nki.jit
        def kernel(x):
            if nisa.register_alloc(1):
                return add_one(x)

        self.refuses(kernel, "a register has no truth value")

    def test_grids(self):
        self.refuses(add_one[3], "cores of a logical core are 1 or 2")
        self.refuses(swap_halves, "TRN2460")

    def test_outside_of_a_kernel(self):
        with self.assertRaisesRegex(trnemu.NkiValidationError, "there is no kernel that runs"):
            nl.ndarray((1, 1), nl.float32)

    def test_collectives(self):
        import nki.collectives as collectives

        self.refuses(nki.jit(lambda x: collectives.all_reduce([x], [x], None, nl.add)), "not emulated yet")


class Scripts(unittest.TestCase):
    def test_outputs_are_files_named_after_their_tensors(self):
        with tempfile.TemporaryDirectory() as folder:
            script = os.path.join(folder, "script.py")
            with open(script, "w", encoding="utf-8") as file:
                file.write(
                    "import nki, nki.language as nl, trnemu\n@nki.jit\ndef k(x):\n    tile = nl.load(x)\n"
                    "    first = nl.ndarray(x.shape, x.dtype, buffer=nl.shared_hbm)\n    nl.store(first, tile)\n"
                    "    return first\nk(trnemu.array([[1.0, 2.0]]))\n")
            options = {"TRNEMU_RUN_OPTIONS": json.dumps({"output_dir": folder})}
            ran = subprocess.run(
                [sys.executable, "-m", "trnemu", script], env={**os.environ, **options}, capture_output=True, text=True)
            self.assertEqual((ran.returncode, ran.stderr), (0, ""))
            self.assertIn("k on trn2", ran.stdout)
            self.assertTrue(os.path.exists(os.path.join(folder, "first.npy")))


if __name__ == "__main__":
    unittest.main()
