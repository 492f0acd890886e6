"""Kernels on two cores that meet, several times or in vain."""

import inspect
import unittest

import trnemu
import nki
import nki.isa as nisa
import nki.language as nl

ONES = trnemu.array([1.0] * (32 * 4), "float32", (32, 4))


def _exchange(tile, core):
    other = nl.ndarray(tile.shape, tile.dtype, buffer=nl.sbuf)
    nisa.sendrecv(src=tile, dst=other, send_to_rank=1 - core, recv_from_rank=1 - core, pipe_id=0)
    return other


@nki.jit
def doubled(x, times):
    """x · 2^times: each core adds what the other has, as often as that."""
    core = nl.program_id(0)
    y = nl.ndarray((2, *x.shape), x.dtype, buffer=nl.shared_hbm)
    tile = nl.load(x)
    for _ in range(times):
        nisa.tensor_tensor(tile, tile, _exchange(tile, core), nl.add)
    nisa.dma_copy(y[core], tile)
    return y


@nki.jit
def deserted(x, who):
    """Only one core comes to the meeting."""
    core = nl.program_id(0)
    y = nl.ndarray((2, *x.shape), x.dtype, buffer=nl.shared_hbm)
    tile = nl.load(x)
    if core == who:
        _exchange(tile, core)
    nisa.dma_copy(y[core], tile)
    return y


@nki.jit
def repeated(x, what):
    """Both cores write x + 0 to one tensor, and do something else there too."""
    core = nl.program_id(0)
    y = nl.ndarray(x.shape, x.dtype, buffer=nl.shared_hbm)
    z = nl.ndarray((2, *x.shape), x.dtype, buffer=nl.shared_hbm)
    tile = nl.load(x)
    nisa.tensor_scalar(tile, tile, op0=nl.add, operand0=float(core if what == "differ" else 0))
    nisa.dma_copy(y, tile)
    if what == f"core {core} goes on":
        nisa.tensor_scalar(tile, tile, op0=nl.add, operand0=1.0)
        nisa.dma_copy(y, tile)
    if what == "meet":
        nisa.core_barrier(y, (0, 1))
    if what in ("meet", "read"):
        nisa.dma_copy(z[core], nl.load(y))
        return z
    return y


@nki.jit
def overtaken(x, meets):
    """Core 0 writes x, reads it back and writes x + 1; core 1 writes x + 1, and was perhaps faster than the read."""
    core = nl.program_id(0)
    y = nl.ndarray(x.shape, x.dtype, buffer=nl.shared_hbm)
    z = nl.ndarray(x.shape, x.dtype, buffer=nl.shared_hbm)
    tile = nl.load(x)
    more = nl.ndarray(x.shape, x.dtype, buffer=nl.sbuf)
    nisa.tensor_scalar(more, tile, op0=nl.add, operand0=1.0)
    if core == 0:
        nisa.dma_copy(y, tile)
        nisa.dma_copy(z, nl.load(y))
        nisa.dma_copy(y, more)
    if meets:
        nisa.core_barrier(y, (0, 1))
    if core == 1:
        nisa.dma_copy(y, more)
    return y, z


class CoresTest(unittest.TestCase):
    def test_cores_meet_as_often_as_they_like(self):
        for times in range(5):
            y = trnemu.run(doubled[2], ONES, times).result
            self.assertEqual(list(y.flat()), [2.0 ** times] * (2 * 32 * 4), times)

    def test_cores_may_write_the_same_bytes_without_a_barrier(self):
        self.assertEqual(list(trnemu.run(repeated[2], ONES, "same").result.flat()), [1.0] * (32 * 4))

    def test_what_both_cores_wrote_can_be_read_behind_a_barrier(self):
        self.assertEqual(list(trnemu.run(repeated[2], ONES, "meet").result.flat()), [1.0] * (2 * 32 * 4))

    def test_bytes_that_are_the_same_only_in_one_order_are_a_race(self):
        for what in ("differ", "core 0 goes on", "core 1 goes on", "read"):
            with self.assertRaises(trnemu.NkiFault, msg=what) as caught:
                trnemu.run(repeated[2], ONES, what)
            self.assertIn("error TRN3101", str(caught.exception), what)

    def test_an_equal_write_may_not_overtake_a_read_of_what_was_before(self):
        with self.assertRaises(trnemu.NkiFault) as caught:
            trnemu.run(overtaken[2], ONES, False)
        self.assertIn("error TRN3101", str(caught.exception))
        self.assertIn("may still read", str(caught.exception))
        y, z = trnemu.run(overtaken[2], ONES, True).result
        self.assertEqual((list(y.flat()), list(z.flat())), ([2.0] * (32 * 4), [1.0] * (32 * 4)))

    def test_a_meeting_to_which_nobody_else_comes_is_shown_with_its_line(self):
        lines, first = inspect.getsourcelines(_exchange)
        line = first + next(i for i, text in enumerate(lines) if "sendrecv" in text)
        for who in (0, 1):
            with self.assertRaises(trnemu.NkiFault) as caught:
                trnemu.run(deserted[2], ONES, who)
            message = str(caught.exception)
            self.assertIn(f"test_cores.py:{line}: error TRN3002: core {who} waits at sendrecv", message)
            self.assertIn(f"core {1 - who} has come to its end", message)


if __name__ == "__main__":
    unittest.main()
