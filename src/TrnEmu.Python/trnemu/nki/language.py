"""nki.language: tensors, types, operators and functions of tiles.

Functions of tiles are written with nki.isa: each makes its result in SBUF unless it says otherwise, issues the
operations that its description names, and takes part in time and reports through them.
"""

from ..allocation import ndarray
from ..dtypes import (
    bfloat16, bool_, float4_e2m1fn_x4, float8_e4m3, float8_e4m3fn, float8_e4m3fn_x4, float8_e5m2, float8_e5m2_x4,
    float8_e8m0fnu, float16, float32, int8, int16, int32, tfloat32, uint8, uint16, uint32)
from ..loops import dynamic_range, fori_loop, while_loop
from ..objects import NKIObject
from ..regions import MemoryRegion, hbm, private_hbm, psum, sbuf, shared_hbm
from ..dynamic import ds
from ..tensor import NkiTensor
from ._constants import shared_constant, shared_identity_matrix, static_cast
from ._elementwise import (
    abs_max, abs_min, add, bitwise_and, bitwise_or, bitwise_xor, divide, equal, greater, greater_equal, left_shift,
    less, less_equal, logical_and, logical_or, logical_xor, maximum, minimum, multiply, not_equal, power,
    right_shift, subtract)
from ._functions import (
    abs, copy, erf, erf_dx, exp, gelu, gelu_apprx_sigmoid, gelu_apprx_sigmoid_dx, gelu_apprx_tanh, gelu_dx, invert,
    log, logical_not, mish, negative, reciprocal, relu, rsqrt, sigmoid, sign, silu, silu_dx, softplus, sqrt, square,
    tanh)
from ._launch import (
    affine_range, device_print, is_hbm, is_on_chip, is_psum, is_sbuf, no_reorder, num_programs, program_id,
    program_ndim, sequential_range, static_range)
from ._matrices import broadcast_to, expand_dims, gather_flattened, matmul, transpose, where
from ._memory import (
    dropout, empty_like, full, load, load_transpose2d, ones, rand, random_seed, store, zeros, zeros_like)
from ._ops import average, bypass, prelu
from ._reductions import all, max, mean, min, prod, rms_norm, softmax, sum, var
from ._removed import REMOVED
from ._rounding import arctan, ceil, cos, floor, fmod, mod, sin, tan, trunc
from ._sizes import tile_size

__all__ = [
    "MemoryRegion", "NKIObject", "NkiTensor", "abs", "abs_max", "abs_min", "add", "affine_range", "all", "arctan",
    "average", "bfloat16", "bitwise_and", "bitwise_or", "bitwise_xor", "bool_", "broadcast_to", "bypass", "ceil",
    "copy", "cos", "device_print", "divide", "dropout", "ds", "dynamic_range", "empty_like", "equal", "erf",
    "erf_dx", "exp", "expand_dims", "float16", "float32", "float4_e2m1fn_x4", "float8_e4m3", "float8_e4m3fn",
    "float8_e4m3fn_x4", "float8_e5m2", "float8_e5m2_x4", "float8_e8m0fnu", "floor", "fmod", "fori_loop", "full",
    "gather_flattened", "gelu", "gelu_apprx_sigmoid", "gelu_apprx_sigmoid_dx", "gelu_apprx_tanh", "gelu_dx",
    "greater", "greater_equal", "hbm", "int16", "int32", "int8", "invert", "is_hbm", "is_on_chip", "is_psum",
    "is_sbuf", "left_shift", "less", "less_equal", "load", "load_transpose2d", "log", "logical_and", "logical_not",
    "logical_or", "logical_xor", "matmul", "max", "maximum", "mean", "min", "minimum", "mish", "mod", "multiply",
    "ndarray", "negative", "no_reorder", "not_equal", "num_programs", "ones", "power", "prelu", "private_hbm",
    "prod", "program_id", "program_ndim", "psum", "rand", "random_seed", "reciprocal", "relu", "right_shift",
    "rms_norm", "rsqrt", "sbuf", "sequential_range", "shared_constant", "shared_hbm", "shared_identity_matrix",
    "sigmoid", "sign", "silu", "silu_dx", "sin", "softmax", "softplus", "sqrt", "square", "static_cast",
    "static_range", "store", "subtract", "sum", "tan", "tanh", "tfloat32", "tile_size", "transpose", "trunc",
    "uint16", "uint32", "uint8", "var", "where", "while_loop", "zeros", "zeros_like",
]

# Names that some kernels use without the documents having them.
_OTHERS = {"bool": bool_, "range": range, "tensor": NkiTensor, "dtype": type(float32)}


def __getattr__(name):
    if name in _OTHERS:
        return _OTHERS[name]
    if name in REMOVED:
        return REMOVED[name]
    raise AttributeError(f"nki.language has no {name}")
