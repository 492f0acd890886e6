"""Where in the user's own code a call comes from."""

import linecache
import os
import re
import sys

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_ASSIGNMENT = re.compile(r"\s*([A-Za-z_]\w*)\s*=(?!=)")
_inside = {}
_assigned = {}


def user_frame(depth=1):
    """The innermost frame that is not of this package."""
    frame = sys._getframe(depth)
    while frame is not None and is_inside(frame.f_code.co_filename) and frame.f_back is not None:
        frame = frame.f_back
    return frame


def is_inside(path):
    """True for the files of this package."""
    known = _inside.get(path)
    if known is None:
        known = _inside[path] = os.path.abspath(path).startswith(_HERE) or path.startswith("<frozen")
    return known


def shown(path):
    """A path as it is shown: relative to the working directory where it lies below it."""
    relative = os.path.relpath(path) if os.path.isabs(path) else path
    return path if relative.startswith("..") else relative


def where():
    """``file:line`` of the user's call."""
    frame = user_frame(2)
    return f"{shown(frame.f_code.co_filename)}:{frame.f_lineno}"


def assigned_name(frame):
    """The variable to which the frame's line assigns, as in ``tile = nl.ndarray(...)``.

    An empty string if there is none.
    """
    key = frame.f_code.co_filename, frame.f_lineno
    name = _assigned.get(key)
    if name is None:
        found = _ASSIGNMENT.match(linecache.getline(*key))
        name = _assigned[key] = found.group(1) if found else ""
    return name
