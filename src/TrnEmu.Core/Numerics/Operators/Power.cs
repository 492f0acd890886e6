using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Functions;

namespace TrnEmu.Core.Numerics.Operators;

/// <summary>x^y = e^(y ln |x|) in fp64, signed as for integer y; special values as IEEE 754 pow.</summary>
internal readonly struct Power : IBinaryOperator
{
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y)
    {
        var (x0, x1) = Vector512.Widen(Vector512.Abs(x));
        var (y0, y1) = Vector512.Widen(y);
        var magnitude = Vector512.Narrow(Magnitude(x0, y0), Magnitude(x1, y1));

        var whole = Vector512.Equals(Vector512.Round(y), y);
        var half = y * Vector512.Create(0.5f);
        var odd = Vector512.AndNot(whole, Vector512.Equals(Vector512.Round(half), half));
        var finite = Vector512.GreaterThan(x, Vector512.Create(float.NegativeInfinity));
        var invalid = Vector512.AndNot(Vector512.LessThan(x, Vector512<float>.Zero) & finite, whole);
        var value = magnitude ^ (x & odd & Vector512.Create(-0f));
        value = Vector512.ConditionalSelect(invalid, Vector512.Create(float.NaN), value);
        var one = Vector512.Equals(x, Vector512<float>.One) | Vector512.Equals(y, Vector512<float>.Zero);
        return Vector512.ConditionalSelect(one, Vector512<float>.One, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Magnitude(Vector512<double> x, Vector512<double> y)
    {
        var log = LogCore.Log(x);
        var infinity = Vector512.Create(double.PositiveInfinity);
        log = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), -infinity, log);
        log = Vector512.ConditionalSelect(Vector512.Equals(x, infinity), infinity, log);
        log = Vector512.ConditionalSelect(Vector512.Equals(x, x), log, x);

        // |x| = 1 and infinite y give 1, not the NaN of 0 * Inf.
        var zero = Vector512.Equals(log, Vector512<double>.Zero) & Vector512.Equals(y, y);
        var exponent = Vector512.ConditionalSelect(zero, log, y * log);
        return ExpCore.Exp(Wide.AtMost(Wide.AtLeast(exponent, Vector512.Create(-200.0)), Vector512.Create(200.0)));
    }
}
