"""NKIObject with and without @dataclass."""

import unittest
from dataclasses import dataclass, field
from typing import ClassVar, Optional

import trnemu
import nki.language as nl


class Plain(nl.NKIObject):
    x: int
    y: bool = False
    rows = []

    def __post_init__(self):
        self.twice = None if self.x is None else 2 * self.x


@dataclass
class Decorated(nl.NKIObject):
    x: int
    y: bool = False
    z: Optional[int]
    w = 3
    limit: ClassVar[int] = 9
    names: list = field(default_factory=list)

    def total(self):
        return self.x + self.w

    @staticmethod
    def fixed():
        return 1

    @property
    def first(self):
        return self.x


@dataclass(frozen=True)
class Frozen(nl.NKIObject):
    a: int
    b: int = 2


class Child(Plain):
    k = 5


class Own(nl.NKIObject):
    x: int = 1

    def __init__(self, x):
        self.x = x


class Objects(unittest.TestCase):
    """Constructors, defaults and methods."""

    def test_missing_fields_are_none(self):
        for made in (Plain(), Decorated(), Frozen()):
            self.assertIsNone(vars(made)["a" if isinstance(made, Frozen) else "x"])
        self.assertIsNone(Decorated(1).z)

    def test_values_by_place_and_name(self):
        self.assertEqual((4, True, [1], 8), (lambda p: (p.x, p.y, p.rows, p.twice))(Plain(4, True, [1])))
        self.assertEqual((1, 2, 5), (lambda d: (d.x, d.z, d.w))(Decorated(1, True, 2, w=5)))
        self.assertEqual((1, [2], 3), (lambda c: (c.x, c.rows, c.k))(Child(1, rows=[2], k=3)))

    def test_mutable_defaults_are_not_shared(self):
        for made in (Plain, Child):
            made(1).rows.append(1)
            self.assertEqual([], made(1).rows)
        Decorated(1).names.append(1)
        self.assertEqual([], Decorated(1).names)

    def test_what_is_no_field(self):
        self.assertEqual((4, 1, 7, 9), (Decorated(1).total(), Decorated.fixed(), Decorated(7).first, Decorated.limit))

    def test_frozen(self):
        self.assertEqual((Frozen(1), hash(Frozen(1, 2))), (Frozen(1, 2), hash(Frozen(1))))
        with self.assertRaises(AttributeError):
            Frozen(1).a = 2

    def test_own_constructor(self):
        self.assertEqual(4, Own(4).x)

    def test_mutable_class_attributes_of_a_dataclass(self):
        @dataclass
        class Table(nl.NKIObject):
            rows = {1: 2}
            n: int = 1
        self.assertEqual(({1: 2}, 1), (Table.rows, Table().n))

    def test_what_is_refused(self):
        for make, message in (
                (lambda: Plain(z=1), "Plain has no field 'z', it has x, y, rows"),
                (lambda: Plain(1, 2, 3, 4), "Plain takes 3 values"),
                (lambda: Plain(1, x=2), "field 'x' is given twice")):
            with self.assertRaisesRegex(trnemu.NkiValidationError, message):
                make()

    def test_text(self):
        self.assertEqual("Child(x=1, y=False, rows=[], k=5, twice=2)", repr(Child(1)))


if __name__ == "__main__":
    unittest.main()
