"""Loads the C# core into this process: ctypes finds hostfxr, hostfxr starts the runtime and gives its functions."""

import ctypes
import glob
import os
import shutil

from .errors import TrnEmuError

_HERE = os.path.dirname(os.path.abspath(__file__))
_LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER = 5
_UNMANAGED_CALLERS_ONLY = ctypes.c_void_p(-1)

_I32, _I64, _BYTES, _PTR = ctypes.c_int32, ctypes.c_int64, ctypes.c_char_p, ctypes.c_void_p
_FUNCTIONS = {
    "Open": (_BYTES, _I32),
    "Text": (_I32, _I32, _PTR, _I32),
    "File": (_I32, _BYTES, _I32),
    "Tensor": (_I32, _BYTES, _I32),
    "Issue": (_I32, _BYTES, _I32),
    "Free": (_I32, _PTR, _I32),
    "Read": (_I32, _BYTES, _I32, _PTR, _I64),
    "Write": (_I32, _BYTES, _I32, _PTR, _I64),
    "Register": (_I32, _I32, _I32),
    "Loop": (_I32, _BYTES, _I32),
    "Depends": (_I32, _I32, _I64, _I64),
    "Finish": (_I32, _BYTES, _I32),
    "Save": (_I32, _I32, _BYTES, _I32),
    "Close": (_I32,),
}


_WIDE = ("Read", "Write", "Register")


class Core:
    """The exported functions; attributes are their names in lower case."""

    def __init__(self, load, assembly):
        for name, arguments in _FUNCTIONS.items():
            pointer = ctypes.c_void_p()
            code = load(
                os.fsencode(assembly), b"TrnEmu.Python.Exports, TrnEmu.Python", name.encode(), _UNMANAGED_CALLERS_ONLY,
                None, ctypes.byref(pointer))
            if code != 0:
                raise TrnEmuError(f"{assembly} has no function {name} (0x{code & 0xFFFFFFFF:08x}): build it again")
            setattr(self, name.lower(), ctypes.CFUNCTYPE(_I64 if name in _WIDE else _I32, *arguments)(pointer.value))


_core = None


def core():
    """The functions of the core; loads it the first time.

    Raises TrnEmuError in words when the runtime or the core is missing.
    """
    global _core
    if _core is None:
        assembly = _find_assembly()
        _core = Core(_start(assembly), assembly)
    return _core


def _find_assembly():
    """TRNEMU_CORE, else beside the package (installed), else the build of the repository that the package is in."""
    given = os.environ.get("TRNEMU_CORE")
    if given:
        path = os.path.join(given, "TrnEmu.Python.dll") if os.path.isdir(given) else given
        if os.path.exists(path):
            return path
        raise TrnEmuError(f"TRNEMU_CORE is {given}: there is no TrnEmu.Python.dll")
    project = os.path.dirname(_HERE)
    places = [os.path.dirname(project), os.path.join(_HERE, "core")]
    places += [os.path.join(project, "bin", kind, "net10.0") for kind in ("Release", "Debug")]
    for place in places:
        path = os.path.join(place, "TrnEmu.Python.dll")
        if os.path.exists(path):
            return path
    raise TrnEmuError(
        "TrnEmu.Python.dll is not built: run `dotnet build -c Release` in the repository, or set TRNEMU_CORE")


def _start(assembly):
    config = os.path.splitext(assembly)[0] + ".runtimeconfig.json"
    hostfxr = ctypes.CDLL(_find_hostfxr())
    handle = ctypes.c_void_p()
    code = hostfxr.hostfxr_initialize_for_runtime_config(os.fsencode(config), None, ctypes.byref(handle))
    if code not in (0, 1, 2):
        raise TrnEmuError(
            f"the .NET runtime does not start (0x{code & 0xFFFFFFFF:08x}): .NET 10 is needed for {config}")
    load = ctypes.c_void_p()
    code = hostfxr.hostfxr_get_runtime_delegate(handle, _LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER, ctypes.byref(load))
    hostfxr.hostfxr_close(handle)
    if code != 0:
        raise TrnEmuError(f"the .NET runtime gives no delegate (0x{code & 0xFFFFFFFF:08x})")
    signature = ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p,
        ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    return signature(load.value)


def _find_hostfxr():
    for root in _dotnet_roots():
        found = glob.glob(os.path.join(root, "host", "fxr", "*", "libhostfxr.*")) \
            + glob.glob(os.path.join(root, "host", "fxr", "*", "hostfxr.dll"))
        if found:
            return max(found, key=_version_of)
    raise TrnEmuError(
        "the .NET runtime is not found: install the .NET 10 SDK so that `dotnet` is on PATH, or set DOTNET_ROOT")


def _dotnet_roots():
    if os.environ.get("DOTNET_ROOT"):
        yield os.environ["DOTNET_ROOT"]
    command = shutil.which("dotnet")
    if command:
        yield os.path.dirname(os.path.realpath(command))
    yield from ("/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet", os.path.expanduser("~/.dotnet"))


def _version_of(path):
    text = os.path.basename(os.path.dirname(path)).split("-")[0]
    return [int(part) if part.isdigit() else 0 for part in text.split(".")]
