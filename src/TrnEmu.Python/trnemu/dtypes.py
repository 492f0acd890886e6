"""Element types, as nki.language names them."""


class DType(str):
    """An element type.

    Equal to its own name, to the name of .trn files, and to the type of the same name of numpy, ml_dtypes or torch.
    """

    def __new__(cls, name, code, itemsize, trn, kind):
        self = super().__new__(cls, name)
        self.code = code
        self.itemsize = itemsize
        self.trn = trn
        self.kind = kind
        return self

    def __eq__(self, other):
        if self is other:
            return True
        return str.__eq__(self, _name_of(other))

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__

    def __repr__(self):
        return str(self)

    def __reduce__(self):
        return of, (str(self),)

    @property
    def name(self):
        """The name, as numpy's types have one."""
        return str(self)


float32 = DType("float32", 0, 4, "fp32", "f")
bfloat16 = DType("bfloat16", 1, 2, "bf16", "f")
float16 = DType("float16", 2, 2, "fp16", "f")
tfloat32 = DType("tfloat32", 3, 4, "tf32", "f")
float8_e4m3 = DType("float8_e4m3", 4, 1, "fp8_e4m3", "f")
float8_e4m3fn = DType("float8_e4m3fn", 5, 1, "fp8_e4m3fn", "f")
float8_e5m2 = DType("float8_e5m2", 6, 1, "fp8_e5m2", "f")
float8_e8m0fnu = DType("float8_e8m0fnu", 7, 1, "e8m0", "s")
int32 = DType("int32", 8, 4, "int32", "i")
uint32 = DType("uint32", 9, 4, "uint32", "i")
int16 = DType("int16", 10, 2, "int16", "i")
uint16 = DType("uint16", 11, 2, "uint16", "i")
int8 = DType("int8", 12, 1, "int8", "i")
uint8 = DType("uint8", 13, 1, "uint8", "i")
float8_e4m3fn_x4 = DType("float8_e4m3fn_x4", 14, 4, "fp8_e4m3fn_x4", "x")
float8_e5m2_x4 = DType("float8_e5m2_x4", 15, 4, "fp8_e5m2_x4", "x")
float4_e2m1fn_x4 = DType("float4_e2m1fn_x4", 16, 2, "fp4_e2m1_x4", "x")
bool_ = DType("bool", 13, 1, "uint8", "b")

ALL = (
    bool_, int8, int16, int32, uint8, uint16, uint32, float16, float32, bfloat16, tfloat32, float8_e4m3, float8_e4m3fn,
    float8_e5m2, float8_e8m0fnu, float8_e4m3fn_x4, float8_e5m2_x4, float4_e2m1fn_x4,
)

_BY_NAME = {str.__str__(d): d for d in ALL}
_ALIASES = {d.trn: d for d in ALL if d is not bool_} | {
    "bool_": bool_, "half": float16, "float": float32, "tfloat": tfloat32}


def _name_of(other):
    """The name under which a type is known here; None when it is no type."""
    if isinstance(other, str):
        found = _ALIASES.get(other)
        return str(found) if found is not None else str.__str__(other)
    name = getattr(other, "name", None) or getattr(other, "__name__", None)
    if isinstance(name, str):
        found = _ALIASES.get(name)
        return str(found) if found is not None else name
    text = str(other)
    return text[6:] if text.startswith("torch.") else None


def of(value):
    """The type that a name, or a type of numpy, ml_dtypes or torch, stands for; None when there is no such type."""
    if type(value) is DType:
        return value
    return _BY_NAME.get(_name_of(value))
