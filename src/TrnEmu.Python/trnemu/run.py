"""What a run found out."""

import json

from . import session
from .errors import TrnEmuError


class Run:
    """Results of a kernel, and why it takes as long as it does."""

    def __init__(self, run, outputs, result, is_timed, host_outputs=()):
        self._session = run
        self.host_outputs = host_outputs
        self._is_timed = is_timed
        self._json = None
        self.outputs = outputs
        self.result = result

    @property
    def json(self):
        """Everything, as `trnemu run --json` gives it."""
        if self._json is None:
            self._json = json.loads(self._text(session.JSON))
        return self._json

    @property
    def time_us(self):
        """Predicted time on the device, in microseconds."""
        return self.json["time_us"]

    @property
    def cycles(self):
        """The same in cycles of the Tensor engine's clock."""
        return self.time_us * self._session.facts.get("tensor_ghz", 0) * 1000

    def report(self):
        """The report of `trnemu run`, as text."""
        return self._text(session.REPORT)

    def program(self):
        """The compiled program in text form."""
        return self._text(session.PROGRAM)

    def save_trace(self, path):
        """Writes a trace for Perfetto (ui.perfetto.dev)."""
        self._timed()
        self._session.save(session.TRACE, path)

    def save_report(self, path):
        """Writes a page that explains the run."""
        self._timed()
        self._session.save(session.PAGE, path)

    def save_json(self, path):
        """Writes the JSON of the run."""
        self._timed()
        self._session.save(session.RESULT, path)

    def _text(self, what):
        self._timed()
        return self._session.result(what)

    def _timed(self):
        if not self._is_timed:
            raise TrnEmuError("the run was not timed: use trnemu.run with time=True and NKI_PRECISE_FP=1")
