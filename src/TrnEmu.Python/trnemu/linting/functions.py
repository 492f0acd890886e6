"""Parameters, decorators, calls among functions, and state outside the kernel."""

import ast

from .program import FUNCTIONS, argument, inside, walk
from .rules import Finding

_DECORATORS = {"dataclass", "dataclasses.dataclass", "staticmethod"}
_CHANGES = {"append", "extend", "insert", "pop", "popitem", "remove", "clear", "update", "add", "discard", "setdefault",
            "sort", "reverse"}
_PLACED = {"ndarray", "zeros", "ones", "full", "zeros_like", "empty_like", "shared_constant"}


def check(program, function):
    """All findings of one function."""
    yield from _parameters(function)
    yield from decorators(program, function)
    for node in walk(function):
        if node is not function and isinstance(node, FUNCTIONS):
            yield from _parameters(node)
            yield from decorators(program, node)
        elif isinstance(node, ast.Call) and program.is_nki(node.func, *_PLACED):
            place = argument(node, 2, "buffer")
            if isinstance(place, ast.Constant) and isinstance(place.value, str):
                yield Finding(place, "NKI163", f"buffer {place.value!r}")


def _parameters(function):
    for part, stars in ((function.args.vararg, "*"), (function.args.kwarg, "**")):
        if part is not None:
            yield Finding(part, "NKI140", stars + part.arg)
    if function.args.kwonlyargs:
        yield Finding(function.args.kwonlyargs[0], "NKI141", f"parameter {function.args.kwonlyargs[0].arg} after *")


def decorators(program, node):
    """Decorators that the language does not have."""
    for part in node.decorator_list:
        called = part.func if isinstance(part, ast.Call) else part
        if not program.is_jit(part) and program.full(called) not in _DECORATORS:
            yield Finding(part, "NKI142", f"@{ast.unparse(called)}")


def check_program(program):
    """Findings that concern the file as a whole."""
    yield from _recursion(program)
    yield from _lists(program)
    yield from _targets(program)
    yield from _older_dialect(program)
    yield from _outside(program)


def _recursion(program):
    functions = dict.fromkeys(n for f in program.compiled for n in walk(f) if isinstance(n, FUNCTIONS))
    calls = {f: [(n, program.functions.get(n.func.id)) for n in inside(f.body)
                 if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)] for f in functions}
    for function in functions:
        for node, called in calls[function]:
            if called in calls and _leads_to(called, function, calls):
                yield Finding(node, "NKI143", f"{function.name} calls itself")


def _leads_to(start, goal, calls):
    """True when a function is reached from another one by calls."""
    seen, rest = set(), [start]
    while rest:
        at = rest.pop()
        if at is goal:
            return True
        if at not in seen:
            seen.add(at)
            rest += [called for _, called in calls.get(at, ()) if called is not None]
    return False


def _lists(program):
    """Lists as defaults and as arguments of kernels."""
    names = {k.name for k in program.kernels}
    for kernel in program.kernels:
        for default in kernel.args.defaults + [d for d in kernel.args.kw_defaults if d is not None]:
            if isinstance(default, (ast.List, ast.ListComp)):
                yield Finding(default, "NKI160", "default")
    compiled = {part for f in program.compiled for part in walk(f)}
    for node in ast.walk(program.tree):
        if isinstance(node, ast.Call) and node not in compiled and _calls_kernel(program, node, names):
            for given in node.args + [k.value for k in node.keywords]:
                if isinstance(given, (ast.List, ast.ListComp)):
                    yield Finding(given, "NKI160", "argument")


def _calls_kernel(program, node, names):
    """kernel(…), kernel[2](…), nki.simulate(kernel)(…), nki.jit(kernel)(…), trnemu.run(kernel, …)."""
    called = node.func
    if program.full(called) == "trnemu.run" and node.args:
        called = node.args[0]
    if isinstance(called, ast.Subscript):
        called = called.value
    if isinstance(called, ast.Call) and program.is_nki(called.func, "simulate", "jit") and called.args:
        called = called.args[0]
    return isinstance(called, ast.Name) and called.id in names


def _targets(program):
    for node in ast.walk(program.tree):
        if isinstance(node, ast.Call) and program.is_jit(node):
            for part in node.keywords:
                if part.arg == "platform_target":
                    yield Finding(part.value, "NKI161", "platform_target")


def _older_dialect(program):
    """Imports of the older dialect that kernels use."""
    used = {n.id for f in program.compiled for n in ast.walk(f) if isinstance(n, ast.Name)}
    for node in ast.walk(program.tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                name = alias.asname or alias.name.split(".")[0]
                if program.imports.get(name, "").startswith("neuronxcc") and name in used:
                    yield Finding(node, "NKI162", program.imports[name])
                    break


def _outside(program):
    """Variables of the module that functions change and kernels read."""
    variables = {t.id for n in program.tree.body if isinstance(n, (ast.Assign, ast.AnnAssign))
                 for t in (n.targets if isinstance(n, ast.Assign) else [n.target]) if isinstance(t, ast.Name)}
    changed = variables & {name for n in ast.walk(program.tree) if isinstance(n, FUNCTIONS) for name in _changed(n)}
    for function in program.compiled:
        seen = _bound(function)
        for node in walk(function):
            if isinstance(node, ast.Name) and node.id in changed and node.id not in seen:
                seen.add(node.id)
                yield Finding(node, "NKI164", node.id)


def _bound(function):
    """Names that are the function's own."""
    own = {a.arg for a in ast.walk(function.args) if isinstance(a, ast.arg)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            own.add(node.id)
    return own - {name for n in ast.walk(function) if isinstance(n, ast.Global) for name in n.names}


def _changed(function):
    """Names of outside variables that a function rebinds or changes in place."""
    own = _bound(function)
    for node in ast.walk(function):
        if isinstance(node, ast.Global):
            yield from node.names
        target = None
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, (ast.Store, ast.Del)):
            target = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGES:
            target = node.func.value
        if isinstance(target, ast.Name) and target.id not in own:
            yield target.id
