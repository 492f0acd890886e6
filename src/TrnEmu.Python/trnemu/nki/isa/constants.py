"""An older place of nki.isa's choices: they are members of nki.isa."""

from trnemu.errors import warn_once
from trnemu.nki.isa import _enums

__all__ = ("dge_mode", "dma_engine", "engine", "matmul_perf_mode", "nc_version", "oob_mode", "reduce_cmd")


def __getattr__(name):
    if name not in __all__:
        raise AttributeError(f"module 'nki.isa.constants' has no attribute '{name}'")
    warn_once(__name__, "nki.isa.constants is an older place: oob_mode and the like are members of nki.isa")
    return getattr(_enums, name)
