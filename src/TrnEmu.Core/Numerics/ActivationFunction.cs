namespace TrnEmu.Core.Numerics;

/// <summary>
/// What the Scalar engine computes (nki.language, activation functions): each is the mathematical function in fp32,
/// within one unit in the last place of the exact value over all of fp32.
/// </summary>
public enum ActivationFunction : byte
{
    /// <summary>x</summary>
    Copy,

    /// <summary>x; another name of <see cref="Copy"/>.</summary>
    Identity,

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

    /// <summary>1 / (1 + e^-x)</summary>
    Sigmoid,

    /// <summary>tanh x</summary>
    Tanh,

    /// <summary>x / (1 + e^-x)</summary>
    Silu,

    /// <summary>x (1 + erf(x / sqrt 2)) / 2</summary>
    Gelu,

    /// <summary>x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2</summary>
    GeluApprxTanh,

    /// <summary>x / (1 + e^(-1.702 x))</summary>
    GeluApprxSigmoid,

    /// <summary>erf x</summary>
    Erf,

    /// <summary>ln(1 + e^x)</summary>
    Softplus,

    /// <summary>sin x</summary>
    Sin,

    /// <summary>cos x</summary>
    Cos,

    /// <summary>arctan x</summary>
    Arctan,
}
