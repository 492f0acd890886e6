"""TrnEmu: NKI kernels on an emulated NeuronCore.

>>> import trnemu, nki
>>> run = trnemu.run(kernel, a, b, chip="trn2")
>>> run.outputs, run.time_us, run.report()

After ``import trnemu``, ``import nki`` finds the package here; an installed one on disk is not touched.
"""

import importlib
import sys

from .arrays import Array, array
from .errors import NkiFault, NkiValidationError, TrnEmuError
from .kernel import run, simulate
from .run import Run

__version__ = "0.1.0"
__all__ = ["Array", "NkiFault", "NkiValidationError", "Run", "TrnEmuError", "array", "run", "simulate"]

_PARTS = ("", ".language", ".isa", ".isa.constants", ".collectives", ".typing")


def _take_the_name():
    for part in _PARTS:
        sys.modules["nki" + part] = importlib.import_module("trnemu.nki" + part)


_take_the_name()
