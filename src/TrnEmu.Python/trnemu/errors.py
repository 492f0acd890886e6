"""What a kernel's author is told."""

import sys

from . import frames


class NkiValidationError(Exception):
    """The chip, or the language, does not allow what the kernel asks for.

    The message begins with the user's file and line.
    """


class NkiFault(NkiValidationError):
    """The emulated machine stopped: an access out of bounds, a read of what nothing wrote, a race, a deadlock."""


class TrnEmuError(Exception):
    """The emulator cannot start, or has failed itself."""


_warned = set()


def fail(message, kind=NkiValidationError):
    """The error to raise, at the user's line."""
    return kind(f"{frames.where()}: error: {message}")


def warn_once(key, message):
    """Prints a warning the first time."""
    if key not in _warned:
        _warned.add(key)
        print(f"{frames.where()}: warning: {message}", file=sys.stderr)
