"""Classes and enumerations that kernels use."""

import ast

from .functions import decorators
from .program import FUNCTIONS, walk
from .rules import Finding

_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def check(program, node):
    """All findings of one class; its methods are checked as functions."""
    if not _is_allowed(node):
        bases = ", ".join(map(ast.unparse, node.bases)) or "nothing"
        yield Finding(node, "NKI145", f"class {node.name} inherits from {bases}")
    for part in node.keywords:
        yield Finding(part.value, "NKI146", f"{part.arg or '**'}= of class {node.name}")
    yield from decorators(program, node)
    for part in node.body:
        if not _is_member(part):
            yield Finding(part, "NKI146", f"{type(part).__name__.lower()} in class {node.name}")


def _is_allowed(node):
    names = [base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases]
    return names in (["NKIObject"], ["Enum"])


def _is_member(part):
    if isinstance(part, ast.Expr):
        return isinstance(part.value, ast.Constant)
    if isinstance(part, ast.Assign):
        return len(part.targets) == 1 and isinstance(part.targets[0], ast.Name)
    return isinstance(part, (ast.Pass, ast.AnnAssign) + FUNCTIONS)


def check_enumerations(program, function):
    """Operators on members of the file's enumerations, other than == and !=."""
    enumerations = {name for name, c in program.classes.items() if any("Enum" in ast.unparse(b) for b in c.bases)}
    for node in walk(function):
        operands = []
        if isinstance(node, ast.BinOp):
            operands = [node.left, node.right]
        elif isinstance(node, ast.Compare) and any(isinstance(op, _ORDER) for op in node.ops):
            operands = [node.left] + node.comparators
        for part in operands:
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in enumerations:
                yield Finding(node, "NKI147", ast.unparse(part))
                break
