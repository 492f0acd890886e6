"""Loops that run on the device: their body is recorded once and executed for each value."""

import ast
import linecache
from struct import pack

from . import frames, session
from .errors import fail
from .records import register_or_integer
from .registers import VirtualRegister

_BEGIN, _BEGIN_WHILE, _NEXT = range(3)
_tests = {}


def dynamic_range(start, stop=None, step=1):
    """Values from start up to below stop, as a register: the loop is the device's."""
    if stop is None:
        start, stop = 0, start
    if isinstance(step, VirtualRegister) or not hasattr(step, "__index__") or int(step) < 1:
        raise fail(f"dynamic_range: step is {step!r}, must be an integer of at least 1 that is known while compiling")
    return _iterate(start, stop, int(step))


def _iterate(start, stop, step):
    run = session.current()
    i = VirtualRegister._frozen(run.new_register())
    loop = _Loop("dynamic_range", run)
    more = run.loop(
        pack("<BBiii", _BEGIN, run.core, *loop.place, i.number)
        + register_or_integer(start, "start") + register_or_integer(stop, "stop") + pack("<q", step))
    loop.begin(more)
    try:
        while more:
            yield i
            more = loop.next()
        loop = None
    finally:
        if loop is not None:
            loop.leave()


def fori_loop(lower, upper, body_fun, step=1):
    """Calls ``body_fun(i)`` for each value, i a register; the loop is the device's."""
    for i in dynamic_range(lower, upper, step):
        body_fun(i)


def while_loop(init, body_fun):
    """Calls ``r = body_fun(r)`` as long as r is not 0; the loop is the device's."""
    from .nki.isa import register_alloc, register_move

    run = session.current()
    condition = register_alloc()
    register_move(condition, init)
    loop = _Loop("while_loop", run)
    more = run.loop(pack("<BBiii", _BEGIN_WHILE, run.core, *loop.place, condition.number))
    loop.begin(more)
    while more:
        following = body_fun(condition)
        if not isinstance(following, VirtualRegister):
            raise fail(f"while_loop: the body returned {following!r}, must return the register of the next condition")
        if following is not condition:
            register_move(condition, following)
        more = loop.next()


def condition(register):
    """``while register:``: begins the loop, or goes on to its next iteration.

    Elsewhere a register has no truth value.
    """
    frame = frames.user_frame(2)
    if not _is_while_test(frame.f_code.co_filename, frame.f_lineno):
        raise fail(
            "a register has no truth value: it is not known while the kernel is compiled; "
            "only `while register:` tests it, on the device")
    run = session.current()
    key = (id(frame), frame.f_lineno)
    open_loops = run.loops[run.core]
    if open_loops and open_loops[-1].key == key:
        return open_loops[-1].next()
    loop = _Loop("while", run, key)
    more = run.loop(pack("<BBiii", _BEGIN_WHILE, run.core, *loop.place, register.number))
    loop.begin(more)
    return more


class _Loop:
    """A loop that has begun and not ended."""

    def __init__(self, what, run, key=None):
        if run.ordered[run.core]:
            raise fail(
                f"{what}: a loop of the device cannot stand inside nl.no_reorder: put no_reorder into the loop's body")
        self.what = what
        self.run = run
        self.core = run.core
        self.key = key
        self.place = run.place()
        self.where = frames.where()

    def begin(self, more):
        if more:
            self.run.loops[self.core].append(self)
            self._registers = self.run.registers[self.core]

    def next(self):
        """The next iteration; false when there is none."""
        loops = self.run.loops[self.core]
        if loops[-1] is not self:
            raise left(loops[-1])
        more = self.run.loop(pack("<BBii", _NEXT, self.core, *self.place))
        if more:
            self.run.registers[self.core] = self._registers
        else:
            loops.pop()
        return more

    def leave(self):
        """It was left before its end."""
        if self.run.broken is None:
            self.run.broken = self


def left(loop):
    """The error of a loop that was left by break, return or an exception."""
    return fail(f"the {loop.what} loop of {loop.where} was left by break or return: the device runs it to its end")


def check_ended(run):
    """No loop was left before its end."""
    if run.broken is not None:
        raise left(run.broken)
    for loops in run.loops:
        if loops:
            raise left(loops[-1])


def _is_while_test(path, line):
    tests = _tests.get(path)
    if tests is None:
        source = "".join(linecache.getlines(path))
        tests = _tests[path] = _find_tests(source)
    return any(first <= line <= last for first, last in tests)


def _find_tests(source):
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    return [(n.test.lineno, n.test.end_lineno) for n in ast.walk(tree) if isinstance(n, ast.While)]
