"""What of a file the device compiler sees: its kernels, the functions and classes they use, the meaning of names."""

import ast

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_STARTS = {"trnemu.run", "trnemu.simulate"}


def children(node):
    """The parts that are compiled: neither decorators nor annotations, which Python evaluates."""
    for field, value in ast.iter_fields(node):
        if field in ("decorator_list", "annotation", "returns"):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST):
                yield part


def walk(node):
    """The node and all compiled parts below it, in the order of the text."""
    yield node
    for child in children(node):
        yield from walk(child)


def inside(statements):
    """All compiled parts of a block that run with it: functions defined in it are left out."""
    for statement in statements:
        yield statement
        if not isinstance(statement, FUNCTIONS + (ast.Lambda, ast.ClassDef)):
            yield from inside(children(statement))


def argument(call, position, name):
    """An argument by position or name, or None."""
    if position is not None and position < len(call.args):
        return call.args[position]
    return next((k.value for k in call.keywords if k.arg == name), None)


class Program:
    """A parsed file."""

    def __init__(self, tree):
        self.tree = tree
        self.imports = {}
        self.functions = {}
        self.classes = {}
        for node in ast.walk(tree):
            self._enter(node)
        for node in tree.body:
            if isinstance(node, FUNCTIONS):
                self.functions[node.name] = node
        self.kernels = self._find_kernels()
        self.compiled, self.used_classes = self._reach()

    def _enter(self, node):
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.split(".")[0]
                self.imports[name] = alias.name if alias.asname else name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                self.imports[alias.asname or alias.name] = f"{node.module or ''}.{alias.name}".lstrip(".")
        elif isinstance(node, ast.ClassDef):
            self.classes.setdefault(node.name, node)
            for part in node.body:
                part.is_method = True
        elif isinstance(node, FUNCTIONS) and not getattr(node, "is_method", False):
            self.functions.setdefault(node.name, node)

    def full(self, node):
        """The dotted name that an expression stands for, imports resolved; None for anything else."""
        if isinstance(node, ast.Name):
            return self.imports.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            owner = self.full(node.value)
            return owner and f"{owner}.{node.attr}"
        return None

    def is_nki(self, node, *names):
        """True for one of these names of nki, nki.language or nki.isa, however imported."""
        full = self.full(node)
        if full is None:
            return False
        *owner, last = full.split(".")
        return last in names and "nki" in owner

    def is_call(self, node, *names):
        """True for a call of one of these names of nki."""
        return isinstance(node, ast.Call) and self.is_nki(node.func, *names)

    def is_jit(self, node):
        """nki.jit, with or without arguments."""
        return self.is_nki(node.func if isinstance(node, ast.Call) else node, "jit")

    def is_kernel(self, function):
        """True for a function that is decorated."""
        return any(map(self.is_jit, function.decorator_list))

    def _find_kernels(self):
        found = [f for f in ast.walk(self.tree) if isinstance(f, FUNCTIONS) and self.is_kernel(f)]
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Name):
                continue
            called = self.functions.get(node.args[0].id)
            starts = self.is_nki(node.func, "jit", "simulate") or self.full(node.func) in _STARTS
            if starts and called is not None and called not in found:
                found.append(called)
        return found

    def _reach(self):
        """Functions and classes that kernels use, each once, kernels first."""
        functions, classes = list(self.kernels), []
        for kernel in self.kernels:
            for parameter in ast.walk(kernel.args):
                if isinstance(parameter, ast.arg) and isinstance(parameter.annotation, ast.Name):
                    self._add_class(parameter.annotation.id, functions, classes)
        seen = set(functions)
        for function in functions:
            seen.update(part for part in walk(function) if isinstance(part, FUNCTIONS))
            for node in walk(function):
                if isinstance(node, ast.Name):
                    called = self.functions.get(node.id)
                    if called is not None and called not in seen:
                        seen.add(called)
                        functions.append(called)
                    self._add_class(node.id, functions, classes)
        return functions, classes

    def _add_class(self, name, functions, classes):
        found = self.classes.get(name)
        if found is None or found in classes:
            return
        classes.append(found)
        functions += [part for part in found.body if isinstance(part, FUNCTIONS)]
