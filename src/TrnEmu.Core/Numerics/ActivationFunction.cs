namespace TrnEmu.Core.Numerics;

/// <summary>
/// What the Scalar engine computes (nki.isa, "Supported Activation Functions"): each is the mathematical function in
/// fp32, within one unit in the last place of the exact value. Where the documents give a range of arguments, sin goes
/// on as a cubic beyond it; of the others the value is the mathematical one.
/// </summary>
public enum ActivationFunction : byte
{
    /// <summary>x</summary>
    Copy,

    /// <summary>e^x</summary>
    Exp,

    /// <summary>ln x; -Inf at 0, NaN below.</summary>
    Log,

    /// <summary>x^2</summary>
    Square,

    /// <summary>sqrt(x); NaN below 0.</summary>
    Sqrt,

    /// <summary>1 / sqrt(x)</summary>
    Rsqrt,

    /// <summary>1 / x</summary>
    Reciprocal,

    /// <summary>|x|</summary>
    Abs,

    /// <summary>-1, 0 or 1</summary>
    Sign,

    /// <summary>max(x, 0)</summary>
    Relu,

    /// <summary>x from 0 on, below it x times the slope that activate2 brings.</summary>
    Prelu,

    /// <summary>1 / (1 + e^-x)</summary>
    Sigmoid,

    /// <summary>tanh x</summary>
    Tanh,

    /// <summary>x / (1 + e^-x)</summary>
    Silu,

    /// <summary>The derivative of silu, s (1 + x (1 - s)) with s = 1 / (1 + e^-x).</summary>
    SiluDx,

    /// <summary>x (1 + erf(x / sqrt 2)) / 2</summary>
    Gelu,

    /// <summary>The derivative of gelu, (1 + erf(x / sqrt 2)) / 2 + x e^(-x^2 / 2) / sqrt(2 pi).</summary>
    GeluDx,

    /// <summary>x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2</summary>
    GeluApprxTanh,

    /// <summary>x / (1 + e^(-1.702 x))</summary>
    GeluApprxSigmoid,

    /// <summary>Its derivative, s (1 + z (1 - s)) with z = 1.702 x and s = 1 / (1 + e^-z).</summary>
    GeluApprxSigmoidDx,

    /// <summary>erf x</summary>
    Erf,

    /// <summary>The derivative of erf, 2 / sqrt(pi) e^(-x^2).</summary>
    ErfDx,

    /// <summary>ln(1 + e^x)</summary>
    Softplus,

    /// <summary>x tanh(ln(1 + e^x))</summary>
    Mish,

    /// <summary>sin x on [-pi, pi]; a cubic beyond, see <see cref="Functions.Sin"/>.</summary>
    Sin,

    /// <summary>arctan x</summary>
    Arctan,
}
