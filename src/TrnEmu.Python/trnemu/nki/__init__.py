"""The public names of nki."""

from ..kernel import Kernel, jit, simulate

__all__ = ["Kernel", "jit", "simulate"]
