"""The kernels of the repository that are written in Python."""

import importlib.util
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, "kernels")

# Kernels whose file has another one before them.
_SECOND = {"mlp_gelu": ("reference_gelu", "cases_gelu")}


def paths():
    """Every file, in the order of their paths."""
    return sorted(
        os.path.join(folder, name) for folder, _, names in os.walk(FOLDER) for name in names
        if name.endswith(".py") and os.sep + "obj" + os.sep not in folder and os.sep + "bin" + os.sep not in folder)


def load(path):
    """A file as a module."""
    spec = importlib.util.spec_from_file_location("kernel_" + stem(path), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def stem(path):
    """The name of a file without its ending."""
    return os.path.splitext(os.path.basename(path))[0]


def kernels(module):
    """(kernel, reference, cases) for each kernel of a module."""
    found = getattr(module, "KERNELS", None) or (getattr(module, module.__name__.removeprefix("kernel_")),)
    names = [_SECOND.get(kernel.__name__, ("reference", "cases")) for kernel in found]
    return [(kernel, getattr(module, r), getattr(module, c)) for kernel, (r, c) in zip(found, names)]


def kernel(module, name):
    """A kernel of a module by its name."""
    return next(k for k, _, _ in kernels(module) if k.__name__ == name)


def chip(path):
    """The chip that a kernel is for."""
    return "trn3" if stem(path).endswith("_mx") else "trn2"
