"""NKIObject: the base of classes that kernels use for configuration and state."""

import copy
import dataclasses
import typing

from .errors import fail

_MISSING = dataclasses.MISSING
_MUTABLE = (list, dict, set)


class NKIObject:
    """A class whose attributes are the fields of its constructor.

    Annotated and unannotated class attributes are fields, in the order in which the class has them; a field without a
    default is None where the caller leaves it out. ``__post_init__`` runs at the end. The same with and without
    ``@dataclass``, also a frozen one.
    """

    _nki_fields = {}

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        fields = dict(cls._nki_fields)
        annotations = _annotations(cls)
        ordered = {}
        for name in _in_order(list(annotations), [n for n in vars(cls) if _is_field(n, vars(cls)[n])]):
            annotation = annotations.get(name, typing.Any)
            ordered[name] = annotation
            if _is_no_field(annotation):
                continue
            _default(cls, name, name in annotations)
            fields[name] = vars(cls).get(name)
        # What @dataclass makes fields of; it refuses mutable defaults, which stay what they are: shared by the class.
        cls.__annotations__ = {
            n: a for n, a in ordered.items() if n in annotations or not isinstance(vars(cls).get(n), _MUTABLE)}
        cls._nki_fields = fields

    def __init__(self, *values, **named):
        fields = {n: d for n, d in self._nki_fields.items() if not (isinstance(d, dataclasses.Field) and not d.init)}
        name = type(self).__name__
        if len(values) > len(fields):
            raise fail(f"{name} takes {len(fields)} values ({', '.join(fields)}), {len(values)} are given")
        given = dict(zip(fields, values))
        for key, value in named.items():
            if key not in fields:
                raise fail(f"{name} has no field {key!r}, it has {', '.join(fields) or 'none'}")
            if key in given:
                raise fail(f"{name}: field {key!r} is given twice")
            given[key] = value
        for key, default in self._nki_fields.items():
            setattr(self, key, given[key] if key in given else _value(default))
        self.__post_init__()

    def __post_init__(self):
        pass

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"


def _annotations(cls):
    """The class's own annotations; names that are not defined yet do not matter."""
    try:
        import annotationlib
    except ImportError:
        return dict(vars(cls).get("__annotations__", {}))
    return dict(annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF))


def _is_field(name, value):
    """A plain value of the class body; no method, property or nested class."""
    return not (name.startswith("__") or name == "_nki_fields" or name.startswith("_abc_")) \
        and not hasattr(type(value), "__get__") and not isinstance(value, type)


def _is_no_field(annotation):
    text = annotation if isinstance(annotation, str) else ""
    return annotation is dataclasses.KW_ONLY or typing.get_origin(annotation) is typing.ClassVar \
        or annotation is typing.ClassVar or text.split("[")[0].split(".")[-1] in ("ClassVar", "KW_ONLY")


def _in_order(annotated, assigned):
    """Both lists as one: each keeps its order, and names that stand in both join them.

    Where that leaves a choice, those with an annotation come first.
    """
    result, waiting, position = [], [], 0
    for name in assigned:
        if name not in annotated:
            waiting.append(name)
            continue
        end = annotated.index(name)
        result += annotated[position:end] + waiting + [name]
        waiting, position = [], end + 1
    return result + annotated[position:] + waiting


def _default(cls, name, is_annotated):
    """None where a field has no default."""
    value = vars(cls).get(name, _MISSING)
    if isinstance(value, dataclasses.Field):
        if value.default is _MISSING and value.default_factory is _MISSING:
            value.default = None
    elif value is _MISSING and is_annotated:
        setattr(cls, name, None)


def _value(default):
    """The default of one object."""
    if isinstance(default, dataclasses.Field):
        return default.default_factory() if default.default_factory is not _MISSING else default.default
    return copy.copy(default) if isinstance(default, _MUTABLE) else default
