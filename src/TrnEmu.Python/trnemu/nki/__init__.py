"""The public names of nki."""

from ..dtypes import DType as dtype
from ..kernel import Kernel, jit, simulate

__all__ = ["Kernel", "dtype", "jit", "simulate"]
