"""python3 -m trnemu SCRIPT.py [ARGS]: runs a script whose kernels are emulated; python3 -m trnemu lint SCRIPT.py."""

import json
import os
import re
import runpy
import sys
import traceback

from . import kernel
from .errors import NkiFault, NkiValidationError, TrnEmuError

_USAGE = """\
usage: python3 -m trnemu SCRIPT.py [ARGS]     run a script; every kernel that it calls is emulated and reported
       python3 -m trnemu lint SCRIPT.py       what the device compiler will refuse

The chip is that of NEURON_PLATFORM_TARGET_OVERRIDE (trn1, trn2, trn3), else trn2. `trnemu run SCRIPT.py` does the same
with all options of the command line."""


class _Command:
    """Emulates each kernel that the script calls, and reports it."""

    def __init__(self, options):
        self._options = options
        self.count = 0
        self.failed = False

    def __call__(self, called, args, kwargs):
        options = dict(self._options)
        files = {k: options.pop(k, None) for k in ("json", "trace", "report", "output_dir")}
        only = options.pop("only", None)
        chip = kernel.chip_of(called, options.pop("chip", None), kernel.DEFAULT_CHIP)
        self.count += 1
        run = kernel.execute(
            called, args, kwargs, {"uninitialised": "error", "keep": only != "function", "chip": chip, **options})
        sys.stdout.flush()
        if only != "function":
            self._report(run, files)
        if files["output_dir"]:
            _write_outputs(run, files["output_dir"])
        return run.result

    def _report(self, run, files):
        if files["json"] == "-":
            print(run._text(2))
        else:
            print(run.report(), end="")
            if files["json"]:
                run.save_json(files["json"])
        if files["trace"]:
            run.save_trace(files["trace"])
        if files["report"]:
            run.save_report(files["report"])


def _write_outputs(run, folder):
    from .npy import write
    os.makedirs(folder, exist_ok=True)
    used = set()
    for i, output in enumerate(run.host_outputs):
        name = re.sub(r"[^A-Za-z0-9_.-]", "_", output.name)
        name = f"{name}{i}" if name in used else name
        used.add(name)
        write(os.path.join(folder, f"{name}.npy"), output)


def main(argv):
    """Runs the command line; gives the exit code."""
    if not argv or argv[0] in ("-h", "--help"):
        print(_USAGE)
        return 0 if argv else 2
    if argv[0] == "lint":
        from . import lint
        return lint.main(argv[1:])
    script = argv[0]
    if not os.path.isfile(script):
        print(f"{script}: error: there is no such file", file=sys.stderr)
        return 2
    command = kernel.command = _Command(json.loads(os.environ.get("TRNEMU_RUN_OPTIONS") or "{}"))
    sys.argv = argv
    sys.path[0] = os.path.dirname(os.path.abspath(script))
    return _guarded(script, command)


def _guarded(script, command):
    try:
        runpy.run_path(script, run_name="__main__")
    except NkiFault as e:
        print(e, file=sys.stderr)
        return 3
    except NkiValidationError as e:
        print(e, file=sys.stderr)
        return 2
    except TrnEmuError as e:
        print(f"error: {e}", file=sys.stderr)
        return 70
    except ModuleNotFoundError as e:
        if (e.name or "").partition(".")[0] != "neuronxcc":
            _print_traceback()
            return 1
        print(f"{script}: error: it imports {e.name}, the older dialect, which is not emulated: "
              "the newer one is `import nki`, with destinations as arguments (nisa.tensor_copy(dst, src))",
              file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # who reads the output has gone
        return 141
    except Exception:
        _print_traceback()
        return 1
    if command.count == 0:
        print(f"{script}: error: the script calls no kernel", file=sys.stderr)
        return 2
    return 0


def _print_traceback():
    """The script's own traceback, without the frames that started it."""
    kind, error, trace = sys.exc_info()
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "runpy" not in file and file != __file__:
            break
        trace = trace.tb_next
    traceback.print_exception(kind, error, trace)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
