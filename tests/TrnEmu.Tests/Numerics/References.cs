using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Numerics;

/// <summary>
/// The activation functions in fp64, by other formulas than the ones under test where the library has none.
/// </summary>
internal static class References
{
    public static double Of(ActivationFunction f, double x) => f switch
    {
        ActivationFunction.Copy or ActivationFunction.Identity => x,
        ActivationFunction.Exp => Math.Exp(x),
        ActivationFunction.Log => Math.Log(x),
        ActivationFunction.Square => x * x,
        ActivationFunction.Sqrt => Math.Sqrt(x),
        ActivationFunction.Rsqrt => 1 / Math.Sqrt(x),
        ActivationFunction.Reciprocal => 1 / x,
        ActivationFunction.Abs => Math.Abs(x),
        ActivationFunction.Sign => double.IsNaN(x) || x == 0 ? x : Math.Sign(x),
        ActivationFunction.Relu => double.IsNaN(x) ? x : x > 0 ? x : 0,
        ActivationFunction.Sigmoid => Sigmoid(x),
        ActivationFunction.Tanh => Math.Tanh(x),
        ActivationFunction.Silu => Gate(x, Sigmoid(x)),
        ActivationFunction.Gelu => Gate(x, 0.5 * Erfc(-x / Math.Sqrt(2))),
        ActivationFunction.GeluApprxTanh => Gate(
            x, HalfOnePlusTanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
        ActivationFunction.GeluApprxSigmoid => Gate(x, Sigmoid(1.702 * x)),
        ActivationFunction.Erf => Erf(x),
        ActivationFunction.Softplus => Softplus(x),
        ActivationFunction.Sin => Math.Sin(x),
        ActivationFunction.Cos => Math.Cos(x),
        ActivationFunction.Arctan => Math.Atan(x),
        _ => throw new ArgumentOutOfRangeException(nameof(f)),
    };

    /// <summary>x times a gate that goes to 0 faster than x grows.</summary>
    private static double Gate(double x, double gate) => gate == 0 && x < 0 ? -0.0 : x * gate;

    private static double Sigmoid(double x) => HalfOnePlusTanh(x / 2);

    /// <summary>(1 + tanh u) / 2 = e^u / (2 cosh u), which does not cancel below 0.</summary>
    private static double HalfOnePlusTanh(double u) =>
        u > 0 ? 0.5 * (1 + Math.Tanh(u)) : u < -700 ? 0 : 0.5 * Math.Exp(u) / Math.Cosh(u);

    private static double Softplus(double x)
    {
        var y = Math.Exp(x);
        if (x < -12) return y - y * y / 2 + y * y * y / 3;
        return x > 40 ? x : Math.Log(1 + y);
    }

    private static double Erf(double x) =>
        x == 0 ? x : Math.Abs(x) < 2.5 ? Taylor(x) : x > 0 ? 1 - Erfc(x) : Erfc(-x) - 1;

    private static double Erfc(double x) => x < 0 ? 2 - Erfc(-x) : x < 2.5 ? 1 - Taylor(x) : Fraction(x);

    /// <summary>erf x = 2 / sqrt(pi) sum (-1)^n x^(2n + 1) / (n! (2n + 1))</summary>
    private static double Taylor(double x)
    {
        double sum = x, term = x;
        for (var n = 1; n < 80; n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    /// <summary>erfc x = e^(-x^2) / sqrt(pi) 1 / (x + 1/2 / (x + 1 / (x + 3/2 / (x + …))))</summary>
    private static double Fraction(double x)
    {
        if (double.IsPositiveInfinity(x)) return 0;
        var tail = x;
        for (var n = 120; n > 0; n--) tail = x + n / 2.0 / tail;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / tail;
    }
}
