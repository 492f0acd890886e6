"""nki.jit, nki.simulate, trnemu.run: from a kernel and arrays to results."""

import dataclasses
import functools
import inspect
import os

from . import allocation, arrays, cores, frames, loops, schedule, session
from .errors import NkiValidationError, fail
from .run import Run
from .tensor import NkiTensor

CHIPS = {"gen2": "trn1", "gen3": "trn2", "gen4": "trn3"}
SIMULATOR_CHIP = "trn3"
DEFAULT_CHIP = "trn2"

# What `python3 -m trnemu` and `trnemu run` ask of every kernel that a script calls; None in a script of its own.
command = None


class Kernel:
    """A kernel: called outside of another one it is emulated, inside of one it is inlined."""

    def __init__(self, function, grid=None, **options):
        self.function = function
        self.grid = grid
        self.options = options
        functools.update_wrapper(self, function)

    @property
    def func(self):
        """The function that was decorated."""
        return self.function

    def no(self, reason):
        """An error of the whole kernel, at its first line."""
        code = getattr(inspect.unwrap(self.function), "__code__", None)
        where = f"{frames.shown(code.co_filename)}:{code.co_firstlineno}: " if code is not None else ""
        return NkiValidationError(f"{where}error: kernel {self.__name__} {reason}")

    def __getitem__(self, grid):
        return Kernel(self.function, grid, **self.options)

    def with_schedule(self, edges):
        """The kernel with an order of its named instructions: pairs (later, earlier) or (later, [earlier, ...])."""
        return Kernel(self.function, self.grid, **{**self.options, "schedule": schedule.parse(edges)})

    def __get__(self, instance, owner=None):
        return self if instance is None else functools.partial(self, instance)

    def __call__(self, *args, **kwargs):
        if session.is_running():
            return self.function(*args, **kwargs)
        if command is not None:
            return command(self, args, kwargs)
        return simulate(self)(*args, **kwargs)


def jit(fn=None, **options):
    """Makes a function a kernel; with or without arguments."""
    if fn is None:
        return functools.partial(jit, **options)
    return fn if isinstance(fn, Kernel) else Kernel(fn, **options)


def simulate(kernel):
    """The kernel as a function of arrays that gives arrays; no time is predicted."""
    kernel = jit(kernel)

    def simulated(*args, **kwargs):
        if command is not None:
            return command(kernel, args, kwargs)
        chip = chip_of(kernel, None, SIMULATOR_CHIP)
        return execute(kernel, args, kwargs, {"chip": chip, "uninitialised": "nan", "keep": False}).result
    return functools.update_wrapper(simulated, kernel)


def run(kernel, *args, chip=None, uninitialised="error", time=True, **kwargs):
    """Executes a kernel and predicts its time.

    ``chip`` is trn1, inf2, trn2 (default), trn3 or a chip file; ``uninitialised`` says what reading memory that nothing
    wrote does: "error", "nan" (the reader sees NaN, or 4) or "zero". Further keywords whose name begins with
    ``trnemu_`` are options of the emulator (trnemu_what_if={...}, trnemu_schedule="list", ...); the others go to the
    kernel.
    """
    kernel = jit(kernel)
    options = {k[7:]: kwargs.pop(k) for k in list(kwargs) if k.startswith("trnemu_")}
    chip = chip_of(kernel, chip, DEFAULT_CHIP)
    return execute(kernel, args, kwargs, {"chip": chip, "uninitialised": uninitialised, "keep": time, **options})


def chip_of(kernel, chip, default):
    """The chip: as given, as the environment says, as the kernel's decorator says, or the default."""
    name = chip or os.environ.get("NEURON_PLATFORM_TARGET_OVERRIDE") or kernel.options.get("platform_target") or default
    return CHIPS.get(name, name)


def execute(kernel, args, kwargs, options):
    """Runs a kernel; gives its Run."""
    count = _cores(kernel.grid)
    precise = os.environ.get("NKI_PRECISE_FP", "1") != "0"
    options = {"target": kernel.__name__, "cores": count, "precise": precise, **options}
    if not precise:
        options["keep"] = False
    run = session.Session(options)
    run.grid = None if kernel.grid is None else (count,)
    before = session.activate(run)
    try:
        given = []
        kinds = _Kinds(run, given)
        args = [kinds.enter(a, name) for name, a in zip(_names(kernel.function, len(args)), args)]
        kwargs = {name: kinds.enter(a, name) for name, a in kwargs.items()}
        returned = _call(run, kernel, args, kwargs)
        loops.check_ended(run)
        schedule.apply(run, kernel.options.get("schedule", ()))
        return _finish(run, kernel, returned, given, kinds.kind, options.get("keep", True))
    except RecursionError:
        raise kernel.no("recurses without end: the device compiler inlines every call") from None
    finally:
        session.activate(before)


def _call(run, kernel, args, kwargs):
    def body():
        return kernel.function(*[_copy(a) for _, a in args], **{k: _copy(a) for k, (_, a) in kwargs.items()})
    if run.cores == 1:
        return body()
    run.baton = cores.Baton(run)
    return run.baton.execute(body)


def _cores(grid):
    """1 or 2 cores of a logical core."""
    if grid is None:
        return 1
    extents = grid if isinstance(grid, (tuple, list)) else (grid,)
    counts = [getattr(e, "__index__", lambda: -1)() for e in extents]
    if len(counts) != 1 or counts[0] not in (1, 2):
        raise fail(f"kernel[{grid}]: the cores of a logical core are 1 or 2")
    return counts[0]


def _names(function, count):
    """Names of the first positional parameters."""
    names = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is parameter.VAR_POSITIONAL:
            break
        names.append(name)
    return names[:count] + [f"arg{i}" for i in range(len(names), count)]


class _Kinds:
    """Takes the caller's arguments into HBM, and remembers in which kind arrays came."""

    def __init__(self, run, given):
        self._run = run
        self._given = given
        self._seen = {}
        self.kind = None

    def enter(self, value, name):
        """(name, argument for the kernel)."""
        return name, self._enter(value, name)

    def _enter(self, value, name):
        if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
            return type(value)(self._enter(v, f"{name}_{i}") for i, v in enumerate(value))
        if isinstance(value, dict):
            return {k: self._enter(v, f"{name}_{k}") for k, v in value.items()}
        if value is None or isinstance(value, (bool, int, float, str, bytes)):
            return value
        known = self._seen.get(id(value))
        if known is not None:
            return known
        host = arrays.host_of(value)
        if host is None:
            return self._object(value, name)
        self.kind = self.kind or host.kind
        if 0 in host.shape:
            raise fail(f"argument {name} has shape {list(host.shape)}: it has no elements")
        data = host.data
        if allocation.wide(self._run, host.dtype) is not host.dtype:
            from . import dtypes, values
            data = values.encode(dtypes.float32, values.decode(host.dtype, data))
        tensor = allocation.given(self._run, host.shape, host.dtype, name, data)
        self._given.append((tensor, host, bytes(data)))
        self._seen[id(value)] = tensor
        return tensor

    def _object(self, value, name):
        """An object of the kernel's own: a copy whose fields are entered; others as they are."""
        from .objects import NKIObject
        if isinstance(value, NKIObject) and not isinstance(value, NkiTensor):
            copy = object.__new__(type(value))
            for field, inner in vars(value).items():
                object.__setattr__(copy, field, self._enter(inner, f"{name}_{field}"))
            return copy
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {
                f.name: self._enter(getattr(value, f.name), f"{name}_{f.name}")
                for f in dataclasses.fields(value) if f.init}
            return dataclasses.replace(value, **fields)
        return value


def _copy(value):
    """Containers are the kernel's own on each core."""
    if isinstance(value, list):
        return [_copy(v) for v in value]
    if isinstance(value, dict):
        return {k: _copy(v) for k, v in value.items()}
    return value


def _finish(run, kernel, returned, given, kind, keep):
    flat = []
    shape = _flatten(returned, flat)
    for tensor in flat:
        if tensor.buffer.is_on_chip:
            raise kernel.no(f"returns {tensor!r}: results must be in HBM, copy it there with nisa.dma_copy")
    written = []
    for tensor, host, before in given:
        after = run.read(tensor)
        if after != before:
            written.append(tensor)
            if tensor.dtype.itemsize == host.dtype.itemsize:
                host.update(after)
    if not flat and not written:
        raise kernel.no(
            "returns no tensor and writes none of its arguments: return the tensors in HBM that hold its results")
    hosts = [arrays.Array(t.shape, t.dtype, run.read(t)) for t in flat]
    for i, (host, tensor) in enumerate(zip(hosts, flat)):
        host.name = tensor._storage.label or f"output{i}"
    results = [arrays.give_back(kind, h.dtype, h.shape, h.data) for h in hosts]
    if keep:
        run.finish({"outputs": [t._storage.id for t in flat], "written": [t._storage.id for t in written]})
    return Run(run, results, _unflatten(shape, iter(results)), keep, hosts)


def _flatten(value, flat):
    if isinstance(value, NkiTensor):
        flat.append(value)
        return None
    if isinstance(value, (list, tuple)):
        return type(value), [_flatten(v, flat) for v in value]
    if isinstance(value, dict):
        return dict, {k: _flatten(v, flat) for k, v in value.items()}
    return "value", value


def _unflatten(shape, results):
    if shape is None:
        return next(results)
    kind, parts = shape
    if kind == "value":
        return parts
    if kind is dict:
        return {k: _unflatten(p, results) for k, p in parts.items()}
    items = [_unflatten(p, results) for p in parts]
    return kind(items) if not hasattr(kind, "_fields") else kind(*items)
