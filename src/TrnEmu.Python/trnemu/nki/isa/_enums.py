"""Choices that operations offer."""

from enum import Enum

from trnemu.errors import fail, warn_once
from trnemu.records import caller, refused


class _Choice(Enum):
    """Members are found in dictionaries for each operation: hashed by identity, which is fast and what == compares."""

    __hash__ = object.__hash__

    def __repr__(self):
        return f"nisa.{self}"


class engine(_Choice):
    """Engines of a NeuronCore. ``code`` is the number in the core; unknown leaves the choice open."""

    unknown = 0
    tensor = 1
    scalar = 2
    gpsimd = 3
    dma = 4
    vector = 5
    sync = 6


_CODES = (engine.unknown, engine.tensor, engine.vector, engine.scalar, engine.gpsimd, engine.sync)
for _code, _member in enumerate(_CODES):
    _member.code = _code
engine.dma.code = 0


class reduce_cmd(_Choice):
    """What happens to the registers that an engine accumulates in."""

    idle = 0
    reset = 1
    reduce = 2
    reset_reduce = 3
    load_reduce = 4


class dge_mode(_Choice):
    """Who writes the descriptors of a DMA: left open, software, hardware, or nobody while the kernel runs."""

    unknown = 0
    swdge = 1
    hwdge = 2
    none = 3


class oob_mode(_Choice):
    """What an index outside the tensor does: stop the run, or leave its elements out."""

    error = 0
    skip = 1


class matmul_perf_mode(_Choice):
    """Terms of a matmul in a row of the array: one, or two of fp8."""

    none = "none"
    double_row = "double_row"


class dma_engine(_Choice):
    """Who moves bytes between cores: the shared DMA engines, or GpSimd's own."""

    dma = 1
    gpsimd_dma = 2


class nc_version(_Choice):
    """Generations of the NeuronCore, in order: trn1 and inf2, trn2, trn3."""

    gen2 = 2
    gen3 = 3
    gen4 = 4

    def __lt__(self, other):
        return self.value < other.value if isinstance(other, nc_version) else NotImplemented

    def __le__(self, other):
        return self.value <= other.value if isinstance(other, nc_version) else NotImplemented

    def __gt__(self, other):
        return self.value > other.value if isinstance(other, nc_version) else NotImplemented

    def __ge__(self, other):
        return self.value >= other.value if isinstance(other, nc_version) else NotImplemented


_DMA = engine.dma


def chosen(x):
    """The engine that shall execute an operation."""
    if type(x) is engine and x is not _DMA:
        return x
    if x is _DMA:
        raise fail(f"{caller()}engine is nisa.engine.dma, which only moves bytes: nisa.dma_copy uses it")
    return _other(x)


def trigger(x):
    """The engine that shall trigger a DMA; the DMA engines are those that do the work."""
    return x if type(x) is engine else _other(x)


def _other(x):
    if type(x) is int and x in engine._value2member_map_:
        warn_once(("engine", x), f"engine={x} is an older spelling of engine=nisa.engine.{engine(x).name}")
        return engine(x)
    if isinstance(x, str) and x in engine.__members__:
        warn_once(("engine", x), f"engine={x!r} is an older spelling of engine=nisa.engine.{x}")
        return engine[x]
    if x is None:
        return engine.unknown
    raise refused(x, "engine", f"a member of nisa.engine ({', '.join(engine.__members__)})")
