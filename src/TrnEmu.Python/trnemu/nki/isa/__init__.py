"""nki.isa: the instruction set.

Each function issues one operation, which the core verifies and executes at once and times when the kernel has ended.
The functions are generated from the C# instruction set; `trnemu isa NAME` tells more of each.
"""

from trnemu import session
from trnemu.errors import NkiValidationError, fail, warn_once
from trnemu.nki.isa import _generated
from trnemu.nki.isa._enums import dge_mode, dma_engine, engine, matmul_perf_mode, nc_version, oob_mode, reduce_cmd
from trnemu.nki.isa._generated import *  # noqa: F403
from trnemu.nki.isa._registers import register_alloc, register_load, register_move, register_store
from trnemu.registers import VirtualRegister
from trnemu.session import NkiInstruction

__all__ = (
    *_generated.__all__, "NkiInstruction", "NkiValidationError", "VirtualRegister", "dge_mode", "dma_engine", "engine",
    "get_nc_sub_version", "get_nc_version", "matmul_perf_mode", "nc_version", "oob_mode", "reduce_cmd",
    "register_alloc", "register_load", "register_move", "register_store",
)

_ENGINES = ("tensor", "vector", "scalar", "gpsimd", "unknown")
_REMOVED = {
    "tensor_copy_dynamic_src": "nisa.tensor_copy with src.ap(pattern, scalar_offset=…)",
    "tensor_copy_dynamic_dst": "nisa.tensor_copy with dst.ap(pattern, scalar_offset=…)",
}


def get_nc_version():
    """The generation of the chip that the kernel runs on, a member of nc_version."""
    return nc_version(session.current().facts["generation"])


def get_nc_sub_version():
    """The revision of the chip within its generation: 0, the first, which is what is emulated."""
    session.current()
    return 0


def __getattr__(name):
    place, _, kind = name.rpartition("_")
    if kind == "engine" and place in _ENGINES:
        warn_once(name, f"nisa.{name} is an older spelling of nisa.engine.{place}")
        globals()[name] = engine[place]
        return engine[place]
    if name in _REMOVED:
        raise fail(f"nisa.{name} has been removed: use {_REMOVED[name]}", AttributeError)
    raise AttributeError(f"module 'nki.isa' has no attribute '{name}'")
