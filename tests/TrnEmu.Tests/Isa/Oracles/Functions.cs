using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// The activation functions in double, written so that nothing cancels. Functions that arithmetic rounds rightly have
/// one result, the others those of <see cref="Near"/>.
/// </summary>
internal static class Functions
{
    public static float[] Value(ActivationFunction function, float x) => function switch
    {
        ActivationFunction.Copy or ActivationFunction.Identity => [x],
        ActivationFunction.Square => [x * x],
        ActivationFunction.Sqrt => [MathF.Sqrt(x)],
        ActivationFunction.Reciprocal => [1 / x],
        ActivationFunction.Abs => [Math.Abs(x)],
        ActivationFunction.Relu => [Alu.Exact(AluOp.Relu, x, 0)],
        ActivationFunction.Sign => [x > 0 ? 1 : x < 0 ? -1 : x],
        _ => Near.To(Exact(function, x)),
    };

    private static double Exact(ActivationFunction function, double x) => function switch
    {
        ActivationFunction.Exp => Math.Exp(x),
        ActivationFunction.Log => Math.Log(x),
        ActivationFunction.Rsqrt => 1 / Math.Sqrt(x),
        ActivationFunction.Sigmoid => Sigmoid(x),
        ActivationFunction.Tanh => Math.Tanh(x),
        ActivationFunction.Silu => Gated(x, x),
        ActivationFunction.Gelu =>
            x == double.NegativeInfinity ? -0.0 : x / 2 * ErrorFunction.Complement(-x / Math.Sqrt(2)),
        ActivationFunction.GeluApprxTanh => Gated(x, 2 * Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)),
        ActivationFunction.GeluApprxSigmoid => Gated(x, 1.702 * x),
        ActivationFunction.Erf => ErrorFunction.Value(x),
        ActivationFunction.Softplus => x > 0 ? x + LogOnePlus(Math.Exp(-x)) : LogOnePlus(Math.Exp(x)),
        ActivationFunction.Sin => Math.Sin(x),
        ActivationFunction.Arctan => Math.Atan(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "no such function"),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>x sigmoid(t), whose limit at -Inf is 0 from below.</summary>
    private static double Gated(double x, double t) => x == double.NegativeInfinity ? -0.0 : x / (1 + Math.Exp(-t));

    private static double LogOnePlus(double t) =>
        t < 1e-4 ? t * (1 - t * (1.0 / 2 - t * (1.0 / 3 - t / 4))) : Math.Log(1 + t);
}
