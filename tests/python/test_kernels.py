"""Every kernel of the repository that is written in Python, on its chip, with each of its cases, against its reference.

The tolerance is that of trnemu.testing: some roundings of the type of the result, relative to the largest magnitude.
"""

import contextlib
import io
import os
import runpy
import unittest

import kernel_files
import trnemu
from trnemu import lint
from trnemu.testing import compare, listed


class Results(unittest.TestCase):
    """A test for each file; each kernel and case of it runs with all checks and is timed."""

    def check(self, path):
        """All kernels and cases of a file."""
        module, expected = kernel_files.load(path), {}
        for kernel, reference, cases in kernel_files.kernels(module):
            for name, inputs in cases().items():
                with self.subTest(kernel=kernel.__name__, case=name):
                    key = (reference.__name__, name)
                    if key not in expected:
                        expected[key] = reference(*listed(inputs))
                    run = trnemu.run(kernel, *inputs, chip=kernel_files.chip(path))
                    compare(run.result, expected[key], getattr(module, "TOLERANCE", None))
                    self.assertGreater(run.time_us, 0)


class Texts(unittest.TestCase):
    """What a reader sees of them."""

    def test_the_device_compiler_takes_them(self):
        for path in kernel_files.paths():
            with open(path, encoding="utf-8") as file:
                findings = lint.lint(file.read())
            self.assertEqual([], [finding.text(path) for finding in findings])

    def test_they_are_documented_and_narrow(self):
        for path in kernel_files.paths():
            module = kernel_files.load(path)
            self.assertTrue(module.__doc__)
            self.assertIn("default", module.cases())
            with open(path, encoding="utf-8") as file:
                self.assertEqual([], [line for line in file if len(line) > 121], path)
            for value in vars(module).values():
                if getattr(value, "__module__", None) == module.__name__:
                    self.assertTrue(value.__doc__, f"{path}: {value}")

    def test_a_file_is_a_script(self):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            runpy.run_path(os.path.join(kernel_files.FOLDER, "rms_norm", "rms_norm.py"), run_name="__main__")
        self.assertIn("rms_norm: the largest error is", printed.getvalue())


def _add_test(path):
    def test(self):
        self.check(path)
    test.__doc__ = None
    setattr(Results, "test_" + kernel_files.stem(path), test)


for _path in kernel_files.paths():
    _add_test(_path)

if __name__ == "__main__":
    unittest.main()
