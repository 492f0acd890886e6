"""python3 -m trnemu lint SCRIPT.py …: what of its kernels the device compiler refuses.

The emulator runs a kernel as ordinary Python, which can do more than the language that the device compiler takes. This
reads the script, without running it, and says for each such place what it is, why it is refused and what to write
instead.
"""

import ast
import os
import sys
import tokenize

from .linting import classes, dynamic, functions, statements
from .linting.program import Program

_USAGE = """usage: python3 -m trnemu lint SCRIPT.py …

Prints file:line:column: code … for each construct in a kernel, or in a function that a kernel of the file calls, that
the device compiler refuses. Exit code 0: none, 1: some, 2: a file cannot be read."""


def lint(source):
    """The findings of a script's text, in its order; SyntaxError where it is no Python."""
    program = Program(ast.parse(source))
    found = {}
    for finding in _all(program):
        found.setdefault((finding.line, finding.column, finding.code), finding)
    return [found[key] for key in sorted(found)]


def _all(program):
    for node in program.used_classes:
        yield from classes.check(program, node)
    for function in program.compiled:
        yield from statements.check(program, function)
        yield from functions.check(program, function)
        yield from classes.check_enumerations(program, function)
    yield from functions.check_program(program)
    yield from dynamic.check_program(program)


def main(argv, output=None, error=None):
    """Runs the command line; gives the exit code."""
    output, error = output or sys.stdout, error or sys.stderr
    if not argv or argv[0] in ("-h", "--help"):
        print(_USAGE, file=output if argv else error)
        return 0 if argv else 2
    code = 0
    for path in argv:
        code = max(code, _one(path, output, error))
    return code


def _one(path, output, error):
    try:
        with tokenize.open(path) as file:
            findings = lint(file.read())
    except SyntaxError as e:
        print(f"{path}:{e.lineno or 1}: error: not Python: {e.msg}", file=error)
        return 2
    except (OSError, UnicodeDecodeError, ValueError) as e:
        reason = "there is no such file" if not os.path.exists(path) else getattr(e, "strerror", None) or str(e)
        print(f"{path}: error: {reason}", file=error)
        return 2
    except (RecursionError, MemoryError):
        print(f"{path}: error: its expressions are nested too deeply to be read", file=error)
        return 2
    for finding in findings:
        print(finding.text(path), file=output)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
