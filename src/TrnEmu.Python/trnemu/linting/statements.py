"""Statements and expressions that are outside the language."""

import ast

from .program import FUNCTIONS, walk
from .rules import Finding

_MOST = 2**31 - 1
_HOST = {"open", "input", "eval", "exec", "compile", "globals", "locals", "vars", "__import__"}
_NO_SEQUENCE = {"enumerate", "zip", "map", "filter", "reversed", "iter"}

_ALWAYS = {
    "Try": ("NKI101", "try"), "TryStar": ("NKI101", "try"), "Raise": ("NKI102", "raise"),
    "Import": ("NKI103", "import"), "ImportFrom": ("NKI103", "import"),
    "Global": ("NKI104", "global"), "Nonlocal": ("NKI104", "nonlocal"), "Delete": ("NKI105", "del"),
    "Match": ("NKI106", "match"), "AsyncFunctionDef": ("NKI107", "async def"), "AsyncFor": ("NKI107", "async for"),
    "AsyncWith": ("NKI107", "async with"), "Await": ("NKI107", "await"), "Yield": ("NKI108", "yield"),
    "YieldFrom": ("NKI108", "yield from"), "Lambda": ("NKI120", "lambda"),
    "GeneratorExp": ("NKI121", "generator expression"), "Set": ("NKI122", "set"), "SetComp": ("NKI122", "set"),
    "DictComp": ("NKI123", "dict comprehension"), "NamedExpr": ("NKI124", ":="), "ClassDef": ("NKI144", "class"),
}


def check(program, function):
    """All findings of one function."""
    for node in walk(function):
        kind = type(node).__name__
        if kind in _ALWAYS:
            yield Finding(node, *_ALWAYS[kind])
        elif kind in _CHECKS:
            yield from _CHECKS[kind](program, node)


def _with(program, node):
    for item in node.items:
        plain = program.is_call(item.context_expr, "no_reorder") and item.optional_vars is None
        if len(node.items) > 1 or not plain or item.context_expr.args or item.context_expr.keywords:
            yield Finding(node, "NKI109", "with")
            return


def _for(program, node):
    if node.orelse:
        yield Finding(node.orelse[0], "NKI110", "else of for")
    if isinstance(node.target, (ast.Tuple, ast.List)):
        yield Finding(node.target, "NKI111", f"for {ast.unparse(node.target)}")
    elif isinstance(node.iter, ast.Call) and program.full(node.iter.func) in _NO_SEQUENCE:
        yield Finding(node.iter, "NKI112", f"for … in {ast.unparse(node.iter.func)}(…)")


def _while(program, node):
    if node.orelse:
        yield Finding(node.orelse[0], "NKI110", "else of while")


def _compare(program, node):
    for op, right in zip(node.ops, node.comparators):
        # Against None the front end of the compiler reads is as ==, and Amazon's own kernels write it so.
        none = isinstance(right, ast.Constant) and right.value is None
        if isinstance(op, (ast.Is, ast.IsNot)) and not none:
            yield Finding(node, "NKI125", "is" if isinstance(op, ast.Is) else "is not")


def _call(program, node):
    for part in node.keywords:
        if part.arg is None:
            yield Finding(part.value, "NKI126", "**")
    name = node.func.id if isinstance(node.func, ast.Name) else None
    if name in program.imports or name in program.functions:
        return
    if name in ("set", "frozenset"):
        yield Finding(node, "NKI122", f"{name}()")
    elif name in _HOST:
        yield Finding(node, "NKI132", f"{name}()")
    elif name == "dict" and node.args and isinstance(node.args[0], (ast.List, ast.Tuple)):
        for pair in node.args[0].elts:
            yield from _key(getattr(pair, "elts", [None])[0])


def _starred(program, node):
    yield Finding(node, "NKI126", "*")


def _dict(program, node):
    for key, value in zip(node.keys, node.values):
        if key is None:
            yield Finding(value, "NKI126", "**")
        yield from _key(key)


def _key(key):
    """A key that can be seen to be no string."""
    number = isinstance(key, ast.UnaryOp) and isinstance(key.operand, ast.Constant)
    constant = isinstance(key, ast.Constant) and not isinstance(key.value, str)
    if number or constant or isinstance(key, (ast.Tuple, ast.List)):
        yield Finding(key, "NKI130", f"key {ast.unparse(key)}")


def _operator(program, node):
    if isinstance(node.op, ast.MatMult):
        yield Finding(node, "NKI127", "@")


def _constant(program, node):
    if isinstance(node.value, int) and abs(node.value) > _MOST + 1:
        yield Finding(node, "NKI128", str(node.value))
    elif isinstance(node.value, (bytes, complex)):
        yield Finding(node, "NKI129", repr(node.value))


def _formatted(program, node):
    if any(isinstance(part, ast.FormattedValue) and part.format_spec is not None for part in node.values):
        yield Finding(node, "NKI131", "f-string")


def _function(program, node):
    """Keys of the dicts that the function makes, where they are set one by one."""
    dicts = {t.id for n in walk(node) if isinstance(n, ast.Assign) for t in n.targets
             if isinstance(t, ast.Name) and _makes_dict(n.value)}
    for part in walk(node):
        if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Name) and part.value.id in dicts:
            if isinstance(part.ctx, ast.Store):
                yield from _key(part.slice)


def _makes_dict(value):
    called = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "dict"
    return called or isinstance(value, ast.Dict)


_CHECKS = {
    "With": _with, "For": _for, "While": _while, "Compare": _compare, "Call": _call, "Starred": _starred, "Dict": _dict,
    "BinOp": _operator, "AugAssign": _operator, "Constant": _constant, "JoinedStr": _formatted,
    **{kind.__name__: _function for kind in FUNCTIONS},
}
