"""nki.collectives: between chips. Named here, so that kernels import; not emulated yet."""

from trnemu.errors import fail

_NAMES = (
    "all_gather", "all_reduce", "all_to_all", "all_to_all_v", "collective_permute", "collective_permute_implicit",
    "collective_permute_implicit_current_processing_rank_id", "collective_permute_implicit_reduce", "rank_id",
    "reduce_scatter",
)


class ReplicaGroup:
    """The chips that take part in a collective."""

    def __init__(self, groups=None, **others):
        self.groups = groups
        self.__dict__.update(others)


def _refusing(name):
    def collective(*_, **__):
        raise fail(f"nki.collectives.{name}: collectives between chips are not emulated yet; two cores of one chip use "
                   "nisa.sendrecv and nisa.core_barrier")
    collective.__name__ = name
    collective.__doc__ = "Refused in words."
    return collective


globals().update({name: _refusing(name) for name in _NAMES})
__all__ = (*_NAMES, "ReplicaGroup")


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)
    return _refusing(name)
