"""Names of the dialect before 0.3, which say what has taken their place when they are used."""

from ..errors import fail

_VIEWS = "slice the tensor (x[a:b, c:d]), or describe the addresses with x.ap([[stride, count], ...])"


class Removed:
    """A name that is no longer part of the language: any use is an error that names the new way."""

    def __init__(self, name, instead):
        self._name = name
        self._instead = instead

    def _refuse(self):
        return fail(f"nl.{self._name} is of the dialect before NKI 0.3: {self._instead}")

    def __call__(self, *values, **named):
        raise self._refuse()

    def __getitem__(self, key):
        raise self._refuse()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise self._refuse()

    def __repr__(self):
        return f"nl.{self._name} (removed)"


def _named(**instead):
    return {name: Removed(name, text) for name, text in instead.items()}


REMOVED = _named(
    par_dim="dimension 0 of a tensor in SBUF or PSUM counts partitions; make a list of tensors for block dimensions",
    mgrid=_VIEWS,
    arange=_VIEWS,
    spmd_dim="launch with kernel[number of cores]",
    nc="launch with kernel[number of cores]",
    loop_reduce="accumulate in a tensor that is made before the loop",
    affine_select="use nisa.affine_select",
    fp32="write the number itself, as in float('-inf') or -3.4e38",
)
