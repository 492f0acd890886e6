"""What a kernel asks about its launch and its chip, loops that unroll, and what it prints."""

from contextlib import contextmanager

from .. import regions, session, values
from ..errors import fail
from . import _tiles


def program_id(axis=0):
    """The number of this core among those that run the kernel."""
    _axis(axis)
    return session.current().core


def num_programs(axes=0):
    """How many cores run the kernel."""
    for axis in axes if isinstance(axes, (tuple, list)) else (axes,):
        _axis(axis)
    return session.current().cores


def program_ndim():
    """1 where the kernel was launched as kernel[n], else 0."""
    return 0 if session.current().grid is None else 1


def static_range(start, stop=None, step=1):
    """Python's range: the loop is unrolled."""
    return range(start) if stop is None else range(start, stop, step)


def affine_range(start, stop=None, step=1):
    """Python's range: the loop is unrolled."""
    return static_range(start, stop, step)


def sequential_range(start, stop=None, step=1):
    """Python's range: the loop is unrolled."""
    return static_range(start, stop, step)


@contextmanager
def no_reorder():
    """Operations inside follow one another: each starts when the one before has completed."""
    run = session.current()
    core = run.core
    first = run.counts[core]
    run.ordered[core] += 1
    try:
        yield
    finally:
        run.ordered[core] -= 1
    for number in range(first + 1, 0 if run.ordered[core] else run.counts[core]):
        run.check(run.api.depends(run.handle, core, number, number - 1))


def device_print(print_prefix, tensor):
    """Prints the prefix, then the values of the tensor as they are now."""
    if not _tiles.is_tile(tensor):
        raise fail(f"nl.device_print: tensor is {tensor!r}, must be a tensor")
    numbers = values.decode(tensor.dtype, session.current().read(tensor))
    for extent in reversed(tensor.shape[1:]):
        numbers = [numbers[i:i + extent] for i in range(0, len(numbers), extent)]
    print(f"{print_prefix} {tensor.dtype}{list(tensor.shape)}\n{_text(numbers)}", flush=True)


def is_sbuf(buffer):
    """True for nl.sbuf."""
    return _region(buffer).space == "sbuf"


def is_psum(buffer):
    """True for nl.psum."""
    return _region(buffer).space == "psum"


def is_hbm(buffer):
    """True for nl.hbm, nl.private_hbm and nl.shared_hbm."""
    return _region(buffer).space == "hbm"


def is_on_chip(buffer):
    """True for nl.sbuf and nl.psum."""
    return _region(buffer).is_on_chip


def _region(buffer):
    found = regions.of(buffer)
    if found is None:
        raise fail(f"{buffer!r} is no memory region: nl.sbuf, nl.psum, nl.hbm, nl.private_hbm and nl.shared_hbm are")
    return found


def _axis(axis):
    if axis != 0:
        raise fail(f"axis is {axis!r}, must be 0: a kernel is launched on a grid of one dimension, the cores")


def _text(rows, indent=""):
    """Nested lists, a row a line."""
    if not isinstance(rows[0], list):
        return indent + "[" + ", ".join(_number(v) for v in rows) + "]"
    return indent + "[\n" + "\n".join(_text(row, indent + "  ") for row in rows) + "\n" + indent + "]"


def _number(value):
    return str(value) if isinstance(value, (int, bool)) else f"{value:.9g}"
