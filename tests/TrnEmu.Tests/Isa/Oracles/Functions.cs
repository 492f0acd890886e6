using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// The activation functions in double, written so that nothing cancels. Functions that arithmetic rounds rightly have
/// one result, the others those of <see cref="Near"/>.
/// </summary>
internal static class Functions
{
    /// <summary>The results that f(x) may have; prelu has a slope.</summary>
    public static float[] Value(ActivationFunction function, float x, float slope = 0) => function switch
    {
        ActivationFunction.Copy => [x],
        ActivationFunction.Square => [x * x],
        ActivationFunction.Sqrt => [MathF.Sqrt(x)],
        ActivationFunction.Reciprocal => [1 / x],
        ActivationFunction.Abs => [Math.Abs(x)],
        ActivationFunction.Relu => [Alu.Exact(AluOp.Relu, x, 0)],
        ActivationFunction.Prelu => [x >= 0 ? x : x * slope],
        ActivationFunction.Sign => [x > 0 ? 1 : x < 0 ? -1 : x],
        ActivationFunction.Sin when Math.Abs(x) > MathF.PI => [x > 0 ? SineBeyond(x) : -SineBeyond(-x)],
        _ => Near.To(Exact(function, x)),
    };

    /// <summary>f(x) of the functions that have a tolerance.</summary>
    public static double Exact(ActivationFunction function, double x) => function switch
    {
        ActivationFunction.Exp => Math.Exp(x),
        ActivationFunction.Log => Math.Log(x),
        ActivationFunction.Rsqrt => 1 / Math.Sqrt(x),
        ActivationFunction.Sigmoid => Sigmoid(x),
        ActivationFunction.Tanh => Math.Tanh(x),
        ActivationFunction.Silu => Gated(x, x),
        ActivationFunction.SiluDx => Derivatives.Silu(x),
        ActivationFunction.Gelu =>
            x == double.NegativeInfinity ? -0.0 : x / 2 * ErrorFunction.Complement(-x / Math.Sqrt(2)),
        ActivationFunction.GeluDx => Derivatives.Gelu(x),
        ActivationFunction.GeluApprxTanh => Gated(x, 2 * Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)),
        ActivationFunction.GeluApprxSigmoid => Gated(x, 1.702 * x),
        ActivationFunction.GeluApprxSigmoidDx => Derivatives.Silu(x, 1.702m),
        ActivationFunction.Erf => ErrorFunction.Value(x),
        ActivationFunction.ErfDx => 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x),
        ActivationFunction.Softplus => x > 0 ? x + LogOnePlus(Math.Exp(-x)) : LogOnePlus(Math.Exp(x)),
        ActivationFunction.Mish => Mish(x),
        ActivationFunction.Sin => Math.Sin(x),
        ActivationFunction.Arctan => Math.Atan(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "no such function"),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>x sigmoid(t), whose limit at -Inf is 0 from below.</summary>
    private static double Gated(double x, double t) => x == double.NegativeInfinity ? -0.0 : x / (1 + Math.Exp(-t));

    /// <summary>x tanh(ln w) with w = 1 + e^x, and tanh(ln w) = (w^2 - 1) / (w^2 + 1).</summary>
    private static double Mish(double x)
    {
        if (x == double.NegativeInfinity) return -0.0;
        var e = Math.Exp(x);
        return x > 30 ? x : x * (e * (e + 2) / (e * (e + 2) + 2));
    }

    /// <summary>The cubic beyond pi, in fp32: d (d^2 / 6 - 1) with d = x - pi.</summary>
    private static float SineBeyond(float x)
    {
        var d = x - MathF.PI;
        return d * MathF.FusedMultiplyAdd(d * d, 1f / 6, -1);
    }

    private static double LogOnePlus(double t) =>
        t < 1e-4 ? t * (1 - t * (1.0 / 2 - t * (1.0 / 3 - t / 4))) : Math.Log(1 + t);
}
