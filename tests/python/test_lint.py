"""The lint finds each construct, where it stands, and leaves what is allowed."""

import ast
import glob
import io
import os
import sys
import tempfile
import unittest

import lint_examples
from trnemu import lint
from trnemu.linting.rules import RULES

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def run(*paths):
    """Exit code, output and errors of the command."""
    output, error = io.StringIO(), io.StringIO()
    return lint.main(list(paths), output, error), output.getvalue(), error.getvalue()


class Examples(unittest.TestCase):
    """Every code, both ways."""

    def test_every_code_has_both(self):
        self.assertEqual(set(RULES), set(lint_examples.REFUSED))
        self.assertEqual(set(RULES), set(lint_examples.ALLOWED))

    def test_examples_are_python(self):
        for code, examples in [*lint_examples.REFUSED.items(), *lint_examples.ALLOWED.items()]:
            for example in examples:
                with self.subTest(code, example=example):
                    ast.parse(lint_examples.source(example))

    def test_refused_is_found_where_it_stands(self):
        for code, examples in lint_examples.REFUSED.items():
            for example in examples:
                with self.subTest(code, example=example):
                    found = lint.lint(lint_examples.source(example))
                    self.assertIn("«", example)
                    here = [(f.line, f.column) for f in found if f.code == code]
                    self.assertEqual(here, lint_examples.places(example))

    def test_allowed_has_no_finding_at_all(self):
        for code, examples in lint_examples.ALLOWED.items():
            for example in examples:
                with self.subTest(code, example=example):
                    self.assertEqual([f.text("x") for f in lint.lint(lint_examples.source(example))], [])

    def test_outside_of_kernels_nothing_is_found(self):
        for code, examples in lint_examples.REFUSED.items():
            for example in examples:
                if not example.startswith("#!"):
                    text = lint_examples.source(example).replace("@nki.jit\n", "")
                    with self.subTest(code, example=example):
                        self.assertEqual(lint.lint(text), [])


class Reach(unittest.TestCase):
    """Which functions are looked at."""

    REST = "def f(a):\n    return g(a)\n\ndef g(a):\n    x = lambda: 1\n\ndef h(a):\n    x = lambda: 1\n"

    def codes(self, text):
        return [(f.code, f.line) for f in lint.lint(text)]

    def test_functions_that_kernels_use_and_no_others(self):
        kernel = "@nki.jit\ndef k(a):\n    f(a)\n"
        self.assertEqual(self.codes(f"import nki\n{kernel}{self.REST}"), [("NKI120", 9)])

    def test_functions_passed_as_values(self):
        kernel = "@nki.jit\ndef k(a):\n    apply(a, h)\n"
        self.assertEqual(self.codes(f"import nki\n{kernel}{self.REST}"), [("NKI120", 12)])

    def test_kernels_by_any_spelling(self):
        body = "def k(a):\n    x = lambda: 1\n"
        for head, tail in (
                ("import nki\n@nki.jit\n", ""), ("import nki\n@nki.jit(mode='trace')\n", ""),
                ("from nki import jit\n@jit\n", ""), ("import nki as n\n@n.jit()\n", ""),
                ("import nki\n", "nki.simulate(k)(1)\n"), ("import nki\n", "y = nki.jit(k)\n"),
                ("import trnemu\n", "trnemu.run(k, 1)\n"), ("from trnemu import run\n", "run(k, 1)\n")):
            with self.subTest(head=head, tail=tail):
                self.assertEqual([code for code, _ in self.codes(head + body + tail)], ["NKI120"])

    def test_methods_of_classes_that_kernels_use(self):
        text = "from nki.language import NKIObject\nimport nki\n"
        text += "class C(NKIObject):\n    def f(self):\n        del self.x\n"
        self.assertEqual(self.codes(text + "@nki.jit\ndef k(a):\n    C().f()\n"), [("NKI105", 5)])
        self.assertEqual(self.codes(text + "@nki.jit\ndef k(a):\n    pass\n"), [])

    def test_other_libraries_jit_is_none(self):
        self.assertEqual(self.codes("from numba import jit\n@jit\ndef k(a):\n    x = lambda: 1\n"), [])


class Command(unittest.TestCase):
    """Output and exit codes."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, data):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())
        return path

    def test_findings(self):
        path = self.write("k.py", "import nki\n\n@nki.jit\ndef k(a):\n    f = lambda x: x\n    del f\n")
        code, output, error = run(path)
        self.assertEqual((code, error), (1, ""))
        first, second = output.splitlines()
        self.assertTrue(first.startswith(f"{path}:5:9: NKI120 lambda: "), first)
        self.assertTrue(first.endswith("; write a function with def"), first)
        self.assertTrue(second.startswith(f"{path}:6:5: NKI105 del: "), second)

    def test_none(self):
        self.assertEqual(run(self.write("k.py", "import nki\n\n@nki.jit\ndef k(a):\n    return a\n")), (0, "", ""))
        self.assertEqual(run(self.write("empty.py", "")), (0, "", ""))

    def test_unreadable(self):
        missing = os.path.join(self.folder.name, "missing.py")
        for path, words in (
                (missing, "there is no such file"), (self.folder.name, "irectory"),
                (self.write("a.py", "def k(:\n"), "not Python"), (self.write("b.py", b"x = '\xff\xfe'\n"), "error: "),
                (self.write("c.py", b"x = 1\0\n"), "error: "), (self.write("d.py", "(" * 5000), "error: "),
                (self.write("e.py", "# coding: nothing\n"), "error: ")):
            with self.subTest(path):
                code, output, error = run(path)
                self.assertEqual((code, output), (2, ""))
                self.assertTrue(error.startswith(path) and words in error and error.count("\n") == 1, error)

    def test_several_files_give_the_worst(self):
        good, bad = self.write("a.py", ""), self.write("b.py", "import nki\n@nki.jit\ndef k(a):\n    del a\n")
        self.assertEqual(run(good, bad)[0], 1)
        self.assertEqual(run(bad, "missing.py")[0], 2)

    def test_without_a_file(self):
        self.assertEqual(run()[0], 2)
        self.assertEqual(run("--help")[0], 0)
        self.assertIn("SCRIPT.py", run("--help")[1])

    def test_the_script_does_not_run(self):
        path = self.write("k.py", "import nowhere\nraise SystemExit(7)\n")
        self.assertEqual(run(path), (0, "", ""))

    def test_a_long_expression_is_no_stack_trace(self):
        path = self.write("k.py", "import nki\n@nki.jit\ndef k(a):\n    x = " + " + ".join(["a"] * 20000) + "\n")
        self.assertIn(run(path)[0], (0, 2))


class OwnKernels(unittest.TestCase):
    """The kernels of this repository are in the language."""

    def test_none_has_a_finding(self):
        paths = sorted(glob.glob(os.path.join(REPOSITORY, "kernels", "*", "*.py")))
        if not paths:
            self.skipTest("there is no kernel in Python yet")
        code, output, error = run(*paths)
        self.assertEqual((code, output, error), (0, "", ""))
        print(f"{len(paths)} kernels without a finding")


class Rules(unittest.TestCase):
    """What is printed."""

    def test_every_rule_says_why_and_what_instead(self):
        for code, (reason, instead) in RULES.items():
            with self.subTest(code):
                self.assertRegex(code, r"^NKI1\d\d$")
                for text in (reason, instead):
                    self.assertTrue(text and not text.endswith(".") and "\n" not in text)


if __name__ == "__main__":
    sys.exit(unittest.main())
