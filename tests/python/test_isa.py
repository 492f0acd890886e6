"""Calls of nki.isa with what issues them replaced. Runs without the core."""

import inspect
import unittest
from unittest import mock

from record_arguments import TILE, decoded
from trnemu import errors, session
from trnemu.nki import isa
from trnemu.nki.isa import _generated
from trnemu.registers import VirtualRegister

REGISTER = VirtualRegister(3)


class Calls(unittest.TestCase):
    """Every function, with issue replaced."""

    def setUp(self):
        self.issued = []
        patch = mock.patch.object(_generated, "issue", lambda *call: self.issued.append(call))
        patch.start()
        self.addCleanup(patch.stop)

    def test_every_function_sends_its_header(self):
        codes = set()
        for name in _generated.__all__:
            function = getattr(isa, name)
            parameters = [p for p in inspect.signature(function).parameters.values() if p.kind is not p.VAR_KEYWORD]
            operands = [p.name for p in parameters if p.name not in ("engine", "name")]
            function(**{p.name: _sample(name, p.name) for p in parameters if p.default is p.empty}, name="n")
            code, engine, given, arguments = self.issued.pop()
            codes.add(code)
            self.assertEqual((len(code), given, len(arguments)), (2, "n", len(operands)), name)
            for argument, operand in zip(arguments, operands):
                value = decoded(argument)
                if operand == "dst":
                    self.assertEqual(value, "tensor", name)
            self.assertTrue(engine is None or isinstance(engine, isa.engine), name)
            self.assertIn(f":param {operands[-1]}:", function.__doc__)
        self.assertEqual(len(codes), len(_generated.__all__))
        self.assertFalse(codes & set(_generated.CODES.values()))

    def test_defaults_and_order(self):
        isa.tensor_scalar(TILE, TILE, "add", 2, engine=isa.engine.gpsimd)
        _, engine, _, arguments = self.issued.pop()
        self.assertIs(engine, isa.engine.gpsimd)
        self.assertEqual([decoded(a) for a in arguments], ["tensor", "tensor", "add", 2.0, False, None, None, False])
        isa.nc_matmul(TILE, TILE, TILE, accumulate=True, tile_position=(0, 64), tile_size=(128, 64))
        self.assertEqual([decoded(a) for a in self.issued.pop()[3]], [
            "tensor", "tensor", "tensor", False, False, False, True, [0, 64], [128, 64], "none"])
        isa.activation(TILE, "exp", TILE, scale=TILE)
        self.assertEqual([decoded(a) for a in self.issued.pop()[3]], [
            "tensor", "exp", "tensor", None, "tensor", None, None, "idle"])

    def test_messages_name_the_function(self):
        with self.assertRaisesRegex(
                errors.NkiValidationError,
                r"error: tensor_scalar: op0 is 3 \(int\), expected an operator such as nl.add$"):
            isa.tensor_scalar(TILE, TILE, 3, 1.0)
        with self.assertRaisesRegex(errors.NkiValidationError, "tensor_copy: engine is 'pe' .*expected a member"):
            isa.tensor_copy(TILE, TILE, engine="pe")
        with self.assertRaisesRegex(errors.NkiValidationError, "error: memset: engine is nisa.engine.dma"):
            isa.memset(TILE, 0, engine=isa.engine.dma)
        isa.dma_copy(TILE, TILE, engine=isa.engine.dma)

    def test_keywords_of_older_dialects(self):
        warnings = []
        with mock.patch.object(isa._older, "warn_once", lambda key, text: warnings.append(text)):
            isa.tensor_copy(TILE, TILE, dtype="bfloat16", mask=None)
        self.assertEqual(warnings, ["tensor_copy: dtype is ignored, the result has dst's dtype: float32"])
        for call, message in (
                (lambda: isa.tensor_copy(TILE, TILE, mask=TILE), "tensor_copy has no parameter mask: slice the op"),
                (lambda: isa.dma_copy(TILE, TILE, dst_rmw_op="add"), "dma_copy has no parameter dst_rmw_op: nisa.d"),
                (lambda: isa.dma_copy(TILE, TILE, dtype="x"), "dma_copy has no parameter dtype$"),
                (lambda: isa.iota(TILE, [[1, 2]], ofset=1), "iota has no parameter ofset: did you mean offset\\?$")):
            with self.assertRaisesRegex(errors.NkiValidationError, message):
                call()

    def test_registers_are_written_only_outside_their_loop(self):
        with mock.patch.object(session, "issue", lambda *call: self.issued.append(call)):
            isa.register_move(REGISTER, 5)
            isa.register_load(REGISTER, TILE)
            isa.register_store(TILE, REGISTER)
            with self.assertRaisesRegex(errors.NkiValidationError, "register_move: dst is the register of a loop"):
                isa.register_move(VirtualRegister._frozen(4), 5)
            with self.assertRaisesRegex(errors.NkiValidationError, r"register_load: dst is 3 \(int\), expected a reg"):
                isa.register_load(3, TILE)
        self.assertEqual([call[0] for call in self.issued], [
            _generated.CODES[name] for name in ("register_move", "register_load", "register_store")])


def _sample(function, parameter):
    """A value that the parameter takes."""
    if parameter in ("op", "op0", "op1", "reduce_op", "cmp_op", "comp_op0", "comp_op1"):
        return "exp" if parameter == "op" and function.startswith("activat") else "add"
    lists = {"srcs": [TILE], "axis": 1, "pattern": [[1, 32]], "cores": (0, 1), "shuffle_mask": list(range(32))}
    if parameter in lists:
        return lists[parameter]
    numbers = ("value", "on_false_value", "imm", "channel_multiplier", "send_to_rank", "recv_from_rank", "pipe_id", "n")
    return 1 if parameter in numbers else TILE


if __name__ == "__main__":
    unittest.main()
