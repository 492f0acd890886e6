"""Loops that run on the device, and registers and tensors in Python expressions."""

import ast

from .program import FUNCTIONS, argument, children, inside, walk
from .registers import Names, is_dynamic, loop_bodies, loop_calls
from .rules import Finding

_STATIC = {"affine_range", "sequential_range", "static_range"}
_WRITES = {"register_move", "register_load"}
_READS = {"int", "float", "bool"}
_HOST_READS = {"item", "tolist", "numpy"}


def check_program(program):
    """All findings of a file."""
    bodies = loop_bodies(program)
    roots = {}
    for function in program.compiled:
        for node in walk(function):
            if isinstance(node, FUNCTIONS):
                roots[node] = None
    for function in roots:
        yield from _Function(program, function, bodies).check()
    for body, call in bodies.items():
        yield from _returned(program, body, call)


def _returned(program, body, call):
    returns = [n for n in inside(body.body) if isinstance(n, ast.Return)]
    values = [n for n in returns if n.value is not None]
    if program.is_nki(call.func, "fori_loop"):
        for node in values:
            yield Finding(node, "NKI185", f"{body.name} returns a value")
    elif not values:
        yield Finding(body, "NKI185", f"{body.name} returns nothing")


class _Function:
    """One function, without those defined in it."""

    def __init__(self, program, function, bodies):
        self.program = program
        self.function = function
        names = Names(program, function)
        self.tensors = names.tensors
        self.frozen = set()
        self.registers = set(names.registers)
        if function in bodies and function.args.args:
            first = function.args.args[0].arg
            self.registers.add(first)
            if program.is_nki(bodies[function].func, "fori_loop"):
                self.frozen.add(first)

    def check(self):
        """All findings."""
        for statement in self.function.body:
            yield from self.visit(statement)

    def visit(self, node):
        """Findings of a node and all below it."""
        if isinstance(node, FUNCTIONS + (ast.Lambda, ast.ClassDef)):
            return
        if is_dynamic(self.program, node, self.registers):
            yield from self.loop(node)
            return
        yield from self.one(node)
        done = self.conditions(node)
        for test in done:
            yield from self.condition(test)
        if isinstance(node, (ast.BinOp, ast.Compare)) and self.reads(node, self.registers):
            return
        for child in children(node):
            if child not in done:
                yield from self.visit(child)

    def loop(self, node):
        """A loop on the device: its variable is a register in its body."""
        kept = self.registers, self.frozen
        if isinstance(node, ast.For):
            yield from self.one(node.iter)
            if isinstance(node.target, ast.Name):
                self.registers = self.registers | {node.target.id}
                self.frozen = self.frozen | {node.target.id}
        for leave in leaving(node.body):
            yield Finding(leave, "NKI183", f"{type(leave).__name__.lower()} out of a device loop")
        for statement in node.body:
            yield from self.visit(statement)
        self.registers, self.frozen = kept

    def one(self, node):
        """Findings of this node alone."""
        if isinstance(node, ast.Call):
            yield from self.call(node)
        elif isinstance(node, ast.With) and self.program.is_call(node.items[0].context_expr, "no_reorder"):
            yield from self.no_reorder(node)
        elif isinstance(node, ast.For) and isinstance(node.iter, ast.Name) and node.iter.id in self.tensors:
            yield Finding(node.iter, "NKI187", f"for … in {node.iter.id}")
        elif isinstance(node, (ast.BinOp, ast.Compare, ast.AugAssign, ast.UnaryOp)):
            name = self.reads(node, self.registers)
            if name:
                code = "NKI180" if isinstance(node, ast.Compare) else "NKI181"
                yield Finding(node, code, f"{ast.unparse(node)} with register {name}")

    def conditions(self, node):
        """What Python takes the truth of."""
        if isinstance(node, (ast.If, ast.IfExp, ast.Assert, ast.While)):
            return [node.test]
        if isinstance(node, ast.BoolOp):
            return list(node.values)
        return [node.operand] if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) else []

    def condition(self, test):
        """A truth that is not known while compiling."""
        for names, code, kind in ((self.registers, "NKI180", "register"), (self.tensors, "NKI187", "tensor")):
            name = self.reads(test, names) if not isinstance(test, (ast.Name, ast.Subscript)) else _name(test)
            if name in names:
                yield Finding(test, code, f"condition {ast.unparse(test)} on {kind} {name}")
                return
        yield from self.visit(test)

    def reads(self, node, names):
        """The first of the names that an operator is applied to."""
        operands = {
            ast.BinOp: lambda: [node.left, node.right], ast.AugAssign: lambda: [node.target, node.value],
            ast.UnaryOp: lambda: [] if isinstance(node.op, ast.Not) else [node.operand],
            ast.Compare: lambda: [] if _with_none(node) else [node.left] + node.comparators,
        }.get(type(node), list)()
        for part in operands:
            name = _name(part) if names is self.tensors else getattr(part, "id", None)
            found = name if name in names else self.reads(part, names)
            if found:
                return found
        return None

    def call(self, node):
        """Calls that need what is not known, or that write the variable of a loop."""
        program, first = self.program, argument(node, 0, "dst")
        if program.is_nki(node.func, *_WRITES) and getattr(first, "id", None) in self.frozen:
            yield Finding(first, "NKI182", first.id)
        static = program.is_nki(node.func, *_STATIC) or program.full(node.func) == "range"
        known = node.args if static or program.full(node.func) in _READS else []
        for part in known:
            if getattr(part, "id", None) in self.registers:
                yield Finding(part, "NKI188" if static else "NKI180", f"{ast.unparse(node.func)}({part.id})")
            elif _name(part) in self.tensors:
                yield Finding(part, "NKI187", f"{ast.unparse(node.func)}({ast.unparse(part)})")
        if isinstance(node.func, ast.Attribute) and node.func.attr in _HOST_READS:
            if _name(node.func.value) in self.tensors:
                yield Finding(node, "NKI187", ast.unparse(node))
        if program.is_nki(node.func, "dynamic_range", "fori_loop"):
            yield from self.step(node)

    def step(self, node):
        """The step of a loop."""
        step = argument(node, 2 if self.program.is_nki(node.func, "dynamic_range") else 3, "step")
        number = isinstance(step, ast.Constant) and not (type(step.value) is int and step.value >= 1)
        if isinstance(getattr(step, "op", None), ast.USub) or number or getattr(step, "id", None) in self.registers:
            yield Finding(step, "NKI184", f"step {ast.unparse(step)}")

    def no_reorder(self, node):
        """Device loops inside."""
        for part in inside(node.body):
            if is_dynamic(self.program, part, self.registers) or part in loop_calls(self.program, part)[:1]:
                yield Finding(part, "NKI186", "device loop")


def leaving(body, is_loops_own=True):
    """break and continue of this loop, and return from anywhere in it."""
    for node in body:
        if isinstance(node, ast.Return) or (is_loops_own and isinstance(node, (ast.Break, ast.Continue))):
            yield node
        elif not isinstance(node, FUNCTIONS + (ast.ClassDef,)):
            yield from leaving(children(node), is_loops_own and not isinstance(node, (ast.For, ast.While)))


def _name(node):
    """The tensor that ``t`` or ``t[...]`` reads."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return getattr(node, "id", None)


def _with_none(node):
    return all(isinstance(c, ast.Constant) and c.value is None for c in node.comparators)
