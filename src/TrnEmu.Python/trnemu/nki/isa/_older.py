"""Keywords of older dialects."""

import sys
from difflib import get_close_matches

from trnemu.errors import fail, warn_once

_INSTEAD = {
    "mask": "slice the operands, or choose elements with nisa.affine_select or nisa.tensor_copy_predicated",
    "dst_rmw_op": "nisa.dma_compute reads, adds and writes",
    "unique_indices": "it is a parameter of nisa.dma_compute",
    "use_gpsimd_dma": "it is dma_engine=nisa.dma_engine.gpsimd_dma now",
    "psum_accumulate_flag": "it is accumulate=True, False or None now",
    "imm": "it is src now",
    "lower_bound": "dynamic addresses are views: tensor.ap(pattern, scalar_offset=…)",
}


def older(others, function, dst):
    """Accepts what an older dialect wrote and means nothing now; refuses other keywords in words."""
    for name, value in others.items():
        if name == "dtype" and dst is not None:
            if value is not None:
                warn_once((function, name), f"{function}: dtype is ignored, the result has dst's dtype: {dst.dtype}")
        elif name != "mask" or value is not None:
            raise fail(f"{function} has no parameter {name}{_hint(name)}")


def _hint(name):
    if name in _INSTEAD:
        return f": {_INSTEAD[name]}"
    code = sys._getframe(2).f_code
    near = get_close_matches(name, code.co_varnames[:code.co_argcount], 1)
    return f": did you mean {near[0]}?" if near else ""
