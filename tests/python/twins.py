"""Runs a kernel of the repository with some inputs and prints what its twin in C# has to give too, as JSON.

python3 twins.py FILE KERNEL INPUTS '[{"chip": "trn2", "arguments": {"m": 512, "dtype": "bf16"}}, ...]'

INPUTS names the function of the file that makes the inputs; arguments that it does not know go to the kernel.
"""

import inspect
import json
import sys

import kernel_files
import trnemu

KEYS = ("time_us", "instructions_by_name", "engine_instructions")


def main(file, name, inputs, runs):
    """A list with an object for each run."""
    module = kernel_files.load(file)
    kernel, make = kernel_files.kernel(module, name), getattr(module, inputs)
    known = inspect.signature(make).parameters
    found = []
    for run in json.loads(runs):
        arguments = run["arguments"]
        others = {k: v for k, v in arguments.items() if k not in known}
        given = make(**{k: v for k, v in arguments.items() if k in known})
        ran = trnemu.run(kernel, *given, chip=run["chip"], **others)
        found.append({**{k: ran.json[k] for k in KEYS}, "program": ran.program()})
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
