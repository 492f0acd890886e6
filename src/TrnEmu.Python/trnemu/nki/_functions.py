"""Functions of one tile: an activation on Scalar, or one instruction on Vector."""

from .. import dtypes
from ..errors import fail
from . import _tiles, isa
from ._elementwise import logical_xor, multiply
from ._ops import operator


@operator
def exp(x, dtype=None):
    """e^x."""
    return _activation(exp, x, dtype)


@operator
def log(x, dtype=None):
    """ln x; the Scalar engine takes 2^-64 to 2^64."""
    return _activation(log, x, dtype)


@operator
def sqrt(x, dtype=None):
    """The square root of x; the Scalar engine takes 2^-116 to 2^118."""
    return _activation(sqrt, x, dtype)


@operator
def rsqrt(x, dtype=None):
    """1 / sqrt(x); the Scalar engine takes 2^-87 to 2^97."""
    return _activation(rsqrt, x, dtype)


@operator
def square(x, dtype=None):
    """x^2."""
    return _activation(square, x, dtype)


@operator
def sign(x, dtype=None):
    """-1, 0 or 1."""
    return _activation(sign, x, dtype)


@operator
def tanh(x, dtype=None):
    """The hyperbolic tangent of x."""
    return _activation(tanh, x, dtype)


@operator
def sigmoid(x, dtype=None):
    """1 / (1 + e^-x)."""
    return _activation(sigmoid, x, dtype)


@operator
def relu(x, dtype=None):
    """max(x, 0)."""
    return _activation(relu, x, dtype)


@operator
def gelu(x, dtype=None):
    """x (1 + erf(x / sqrt 2)) / 2."""
    return _activation(gelu, x, dtype)


@operator
def gelu_dx(x, dtype=None):
    """The derivative of gelu."""
    return _activation(gelu_dx, x, dtype)


@operator
def gelu_apprx_tanh(x, dtype=None):
    """gelu with a tanh in place of erf: x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2."""
    return _activation(gelu_apprx_tanh, x, dtype)


@operator
def gelu_apprx_sigmoid(x, dtype=None):
    """gelu with a sigmoid in place of erf: x / (1 + e^(-1.702 x))."""
    return _activation(gelu_apprx_sigmoid, x, dtype)


@operator
def gelu_apprx_sigmoid_dx(x, dtype=None):
    """The derivative of gelu_apprx_sigmoid."""
    return _activation(gelu_apprx_sigmoid_dx, x, dtype)


@operator
def silu(x, dtype=None):
    """x / (1 + e^-x)."""
    return _activation(silu, x, dtype)


@operator
def silu_dx(x, dtype=None):
    """The derivative of silu."""
    return _activation(silu_dx, x, dtype)


@operator
def softplus(x, dtype=None):
    """ln(1 + e^x)."""
    return _activation(softplus, x, dtype)


@operator
def mish(x, dtype=None):
    """x tanh(ln(1 + e^x))."""
    return _activation(mish, x, dtype)


@operator
def erf(x, dtype=None):
    """The error function of x."""
    return _activation(erf, x, dtype)


@operator
def erf_dx(x, dtype=None):
    """The derivative of erf."""
    return _activation(erf_dx, x, dtype)


@operator
def abs(x, dtype=None):
    """|x|, on Vector."""
    name = "nl.abs"
    result = _tiles.new(_tiles.tile(x, name).shape, _tiles.element_type(dtype, x.dtype, name))
    isa.tensor_scalar(dst=result, data=x, op0=abs, operand0=0.0)
    return result


@operator
def reciprocal(x, dtype=None):
    """1 / x, on Vector, for every x."""
    name = "nl.reciprocal"
    result = _tiles.new(_tiles.tile(x, name).shape, _tiles.element_type(dtype, x.dtype, name))
    isa.reciprocal(dst=result, data=x)
    return result


@operator
def copy(x, dtype=None):
    """A copy in SBUF: equal types keep their bits, others go through fp32."""
    name = "nl.copy"
    return _tiles.copied(_tiles.tile(x, name), _tiles.element_type(dtype, x.dtype, name))


@operator
def invert(x, dtype=None):
    """The bits that are not set in the integer x."""
    name = "nl.invert"
    if _tiles.tile(x, name).dtype.kind not in "ib":
        raise fail(f"{name}: x is {x.dtype}, must be an integer type: it works on bits")
    result = _tiles.new(x.shape, x.dtype)
    isa.tensor_scalar(dst=result, data=x, op0=invert, operand0=0)
    return _tiles.cast(result, _tiles.element_type(dtype, x.dtype, name))


def negative(x, dtype=None):
    """-x, a product with -1."""
    return multiply(_tiles.tile(x, "nl.negative"), -1.0, dtype)


def logical_not(x, dtype=None):
    """1 where x is 0, else 0."""
    return logical_xor(_tiles.tile(x, "nl.logical_not"), 1.0, dtype)


def _activation(op, x, dtype):
    """op(x) on the Scalar engine, in fp32, rounded once to dtype."""
    name = f"nl.{op.__name__}"
    result = _tiles.new(_tiles.tile(x, name).shape, _tiles.element_type(dtype, x.dtype, name))
    isa.activation(dst=result, op=op, data=x)
    return result


def wide(x):
    """x as fp32."""
    return _tiles.cast(x, dtypes.float32)
