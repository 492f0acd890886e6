"""Two cores: one runs until it waits for the other, then the other, in a fixed order."""

import threading

from .errors import NkiFault, NkiValidationError


class Baton:
    """Hands the one right to run from core to core."""

    def __init__(self, run):
        self._run = run
        self._turns = [threading.Semaphore(0) for _ in range(run.cores)]
        self._waits = [False] * run.cores
        self._ended = [False] * run.cores
        self._error = None

    def execute(self, body):
        """Runs ``body()`` once on each core; gives what core 0 returned."""
        run = self._run
        threads = [
            threading.Thread(target=self._other, args=(core, body), name=f"core {core}", daemon=True)
            for core in range(1, run.cores)
        ]
        for thread in threads:
            thread.start()
        run.core = 0
        result = None
        try:
            result = body()
        except BaseException as e:
            self._error = self._error or e
        self._ended[0] = True
        while self._error is None and not all(self._ended):
            self._pass_on(0)
        for core, thread in enumerate(threads, 1):
            self._turns[core].release()
            thread.join()
        if self._error is not None:
            raise self._error
        run.core = 0
        return result

    def wait(self):
        """This core stands at a meeting: the others run until they have come."""
        core = self._run.core
        self._waits[core] = True
        while self._waits[core]:
            if all(e or w for e, w in zip(self._ended, self._waits)):
                self._error = self._deadlock()
                raise self._error
            self._pass_on(core)

    def met(self):
        """A meeting is complete: who waited can go on."""
        self._waits = [False] * len(self._waits)

    def _deadlock(self):
        """Why no core can run: the C# core knows who waits at which line."""
        try:
            self._run.finish({"time": False})
        except NkiValidationError as e:
            return e
        return NkiFault("deadlock: every core waits for another at a meeting, or has ended")

    def _pass_on(self, core):
        """Lets the next core that can run have its turn, and waits for this core's."""
        count = len(self._turns)
        following = next(
            c % count for c in range(core + 1, core + count + 1)
            if c % count == core or not (self._ended[c % count] or self._waits[c % count]))
        if following != core:
            self._turns[following].release()
            self._turns[core].acquire()
        self._run.core = core
        if self._error is not None:
            raise self._error

    def _other(self, core, body):
        self._turns[core].acquire()
        if self._error is None:
            self._run.core = core
            try:
                body()
            except BaseException as e:
                self._error = self._error or e
        self._ended[core] = True
        self._turns[0].release()
