"""Keywords of older dialects."""

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
            hint = f": {_INSTEAD[name]}" if name in _INSTEAD else ""
            raise fail(f"{function} has no parameter {name}{hint}")
