"""Which names of a function hold registers, and which hold tensors."""

import ast

from .program import FUNCTIONS, argument, inside, walk

_MAKES_TENSOR = {
    "ndarray", "zeros", "ones", "full", "load", "zeros_like", "empty_like", "copy", "load_transpose2d",
    "shared_constant", "shared_identity_matrix", "rand",
}
_CALLS_BODY = {"fori_loop": 2, "while_loop": 1}


class Names:
    """Names by what they hold, where that is the same wherever the function assigns them."""

    def __init__(self, program, function):
        self.function = function
        kinds = {}
        for name, value in _assignments(function):
            kinds.setdefault(name, set()).add(_kind(program, value))
        self.registers = {name for name, found in kinds.items() if found == {"register"}}
        self.tensors = {name for name, found in kinds.items() if found == {"tensor"}}


def _assignments(function):
    """Names and what is assigned to them; None where it is not one expression."""
    for part in ast.walk(function.args):
        if isinstance(part, ast.arg):
            yield part.arg, None
    for node in inside(function.body):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, node.value
        elif isinstance(node, (ast.Assign, ast.For)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for part in ast.walk(target):
                    if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                        yield part.id, None


def _kind(program, value):
    if program.is_call(value, "register_alloc"):
        return "register"
    return "tensor" if program.is_call(value, *_MAKES_TENSOR) else None


def is_dynamic(program, node, registers):
    """for … in nl.dynamic_range(…), and while register."""
    if isinstance(node, ast.For):
        return program.is_call(node.iter, "dynamic_range")
    return isinstance(node, ast.While) and isinstance(node.test, ast.Name) and node.test.id in registers


def loop_calls(program, root):
    """Calls of nl.fori_loop and nl.while_loop."""
    return [n for n in walk(root) if program.is_call(n, *_CALLS_BODY)]


def body_of(program, call, root):
    """The function that a call of nl.fori_loop or nl.while_loop runs, where it is in the file."""
    name = program.full(call.func).split(".")[-1]
    given = argument(call, _CALLS_BODY[name], "body_fun")
    if not isinstance(given, ast.Name):
        return None
    own = [n for n in walk(root) if isinstance(n, FUNCTIONS) and n.name == given.id]
    return own[0] if own else program.functions.get(given.id)


def loop_bodies(program):
    """The bodies of nl.fori_loop and nl.while_loop in the whole file, each with the call."""
    found = {}
    for function in program.compiled:
        for call in loop_calls(program, function):
            body = body_of(program, call, function)
            if body is not None:
                found[body] = call
    return found
