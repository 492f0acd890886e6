"""One run in the C# core: tensors, operations, loops, results."""

import ctypes
import json
import sys
from struct import Struct

from . import frames, host
from .errors import NkiFault, NkiValidationError, TrnEmuError, fail

_ERROR, _FACTS, JSON, REPORT, PROGRAM = range(5)
TRACE, PAGE, RESULT = range(3)
_place = Struct("<BBii").pack
_current = None


def current():
    """The session of the kernel that runs."""
    if _current is None:
        raise fail("there is no kernel that runs: call it through nki.simulate, trnemu.run or the kernel itself")
    return _current


def is_running():
    """True inside a kernel."""
    return _current is not None


def activate(session):
    """Makes a session the current one; gives the one before."""
    global _current
    before, _current = _current, session
    return before


class NkiInstruction:
    """An operation that was issued."""

    __slots__ = ("_session", "_core", "_number")

    def __init__(self, session, core, number):
        self._session = session
        self._core = core
        self._number = number

    def depends_on(self, *producers):
        """This operation starts after each of those has completed."""
        for producer in producers:
            if not isinstance(producer, NkiInstruction) or producer._core != self._core:
                raise fail(f"depends_on: {producer!r} is no instruction of the same core")
            self._session.check(self._session.api.depends(
                self._session.handle, self._core, self._number, producer._number))
        return self


def issue(code, engine, name, args):
    """Sends an operation to the core, which verifies and executes it."""
    session = _current
    if session is None:
        current()
    if session.freed:
        session.flush()
    core = session.core
    frame = sys._getframe(2)
    inside = frames.is_inside
    while inside(frame.f_code.co_filename) and frame.f_back is not None:
        frame = frame.f_back
    path = frame.f_code.co_filename
    file = session.files.get(path)
    if file is None:
        file = session.file(path)
    number = session.counts[core]
    session.counts[core] = number + 1
    record = b"".join((code, _place(0 if engine is None else engine.code, core, file, frame.f_lineno), *args))
    if name is not None:
        session.named.setdefault((core, name), []).append(number)
    code = session.issue(session.handle, record, len(record))
    if code != 0:
        session.meet(code)
    return NkiInstruction(session, core, number)


class Session:
    """A run: opened with options, closed when nothing needs it any more."""

    handle = -1

    def __init__(self, options):
        self.api = host.core()
        self.options = options
        self.issue = self.api.issue
        self.core = 0
        self.cores = options.get("cores", 1)
        self.freed = []
        self.files = {}
        self.counts = [0] * self.cores
        self.registers = [0] * self.cores
        self.loops = [[] for _ in range(self.cores)]
        self.broken = None
        self.ordered = [0] * self.cores
        self.named = {}
        self.baton = None
        self.grid = None
        self.shared = []
        self.shared_count = [0] * self.cores
        self.constants = {}
        self.is_precise = options.pop("precise", True)
        text = json.dumps(options).encode()
        handle = self.api.open(text, len(text))
        if handle < 0:
            self._raise(self._text(_ERROR))
        self.handle = int(handle)
        self.facts = json.loads(self._text(_FACTS))

    def __del__(self):
        if self.handle >= 0 and not sys.is_finalizing():
            self.api.close(self.handle)

    # Errors

    def check(self, code):
        """The result of an export, or the error that it stands for."""
        if code < 0:
            self._raise(self._text(_ERROR))
        return code

    def meet(self, code):
        """An operation was refused, waits for the other core (1), or completed what that waited for (2)."""
        self.check(code)
        if self.baton is None:
            raise fail(
                "the operation waits for another core, which this kernel does not have: call it as kernel[2](…)")
        if code == 2:
            self.baton.met()
        else:
            self.baton.wait()

    def _raise(self, text):
        error = json.loads(text)
        kind = {"bad_input": NkiValidationError, "fault": NkiFault}.get(error["kind"], TrnEmuError)
        raise kind(error["text"])

    def _text(self, what):
        size = self.api.text(self.handle, what, None, 0)
        if size <= 0:
            return ""
        buffer = ctypes.create_string_buffer(size)
        self.api.text(self.handle, what, buffer, size)
        return buffer.raw[:size].decode()

    # Places

    def file(self, path):
        """Number of a source file."""
        shown = frames.shown(path).encode()
        number = self.files[path] = int(self.check(self.api.file(self.handle, shown, len(shown))))
        return number

    def place(self, frame=None):
        """File and line of the user's call."""
        frame = frame or frames.user_frame(2)
        path = frame.f_code.co_filename
        file = self.files.get(path)
        return (self.file(path) if file is None else file), frame.f_lineno

    # Tensors

    def tensor(self, record):
        """Makes a tensor; gives its number."""
        self.flush()
        return int(self.check(self.api.tensor(self.handle, record, len(record))))

    def flush(self):
        """Gives back the bytes of tensors that nothing views any more."""
        if self.freed:
            ids = (ctypes.c_int32 * len(self.freed))(*self.freed)
            self.freed.clear()
            self.check(self.api.free(self.handle, ids, len(ids)))

    def read(self, view):
        """The elements of a view, dense, row by row."""
        record = view._record
        data = bytearray(view.size * view.dtype.itemsize)
        target = (ctypes.c_char * len(data)).from_buffer(data)
        self.check(self.api.read(self.handle, record, len(record), target, len(data)))
        return data

    def write(self, view, data):
        """Sets the elements of a view."""
        record = view._record
        source = ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p) if isinstance(data, bytes) \
            else (ctypes.c_char * len(data)).from_buffer(data)
        self.check(self.api.write(self.handle, record, len(record), source, len(data)))

    # Registers and loops

    def new_register(self):
        """A number that no other register of this core has; an iteration of a loop has those of the first again."""
        self.registers[self.core] += 1
        return self.registers[self.core] - 1

    def register(self, number):
        """The value of a register of this core, signed."""
        bits = int(self.api.register(self.handle, self.core, number))
        return bits - (1 << 32) if bits >= 1 << 31 else bits

    def loop(self, record):
        """Begins a loop or goes on to its next iteration; true when one runs."""
        self.flush()
        return self.check(self.api.loop(self.handle, record, len(record))) == 1

    # Results

    def finish(self, request):
        """Compiles what was recorded, checks it and predicts its time."""
        self.flush()
        text = json.dumps(request).encode()
        self.check(self.api.finish(self.handle, text, len(text)))

    def result(self, what):
        """JSON, report or program of a finished run."""
        return self._text(what)

    def save(self, what, path):
        """Writes the trace, the page or the JSON of a finished run."""
        name = str(path).encode()
        self.check(self.api.save(self.handle, what, name, len(name)))
