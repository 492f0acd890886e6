using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>f(x) in fp64, close enough that its rounding to fp32 is almost always that of the exact value.</summary>
internal interface IWideFunction
{
    static abstract Vector512<double> Invoke(Vector512<double> x);
}

/// <summary>
/// fp32 functions by way of fp64: errors stay near half a unit in the last place and denormals need no care. The bounds
/// use the instruction that returns its second operand when one is NaN, which is what the comparison does elsewhere.
/// </summary>
internal static class Wide
{
    /// <summary>fp32(f(x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke<TFunction>(Vector512<float> x)
        where TFunction : struct, IWideFunction
    {
        var (lower, upper) = Vector512.Widen(x);
        return Vector512.Narrow(TFunction.Invoke(lower), TFunction.Invoke(upper));
    }

    /// <summary>One step of Horner's rule, sum * x + coefficient, with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Step(Vector512<double> sum, Vector512<double> x, double coefficient) =>
        Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(coefficient));

    /// <summary>
    /// c0 + c1 x; polynomials are summed by halves where the chain of steps would be what takes the time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Line(double c0, Vector512<double> x, double c1) =>
        Vector512.FusedMultiplyAdd(x, Vector512.Create(c1), Vector512.Create(c0));

    /// <summary>x, or the bound where x is below it; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AtLeast(Vector512<float> x, Vector512<float> bound) => Avx512F.IsSupported
        ? Avx512F.Max(bound, x)
        : Vector512.ConditionalSelect(Vector512.LessThan(x, bound), bound, x);

    /// <summary>x, or the bound where x is below it; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> AtLeast(Vector512<double> x, Vector512<double> bound) => Avx512F.IsSupported
        ? Avx512F.Max(bound, x)
        : Vector512.ConditionalSelect(Vector512.LessThan(x, bound), bound, x);

    /// <summary>x, or the bound where x is above it; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AtMost(Vector512<float> x, Vector512<float> bound) => Avx512F.IsSupported
        ? Avx512F.Min(bound, x)
        : Vector512.ConditionalSelect(Vector512.GreaterThan(x, bound), bound, x);

    /// <summary>x, or the bound where x is above it; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> AtMost(Vector512<double> x, Vector512<double> bound) => Avx512F.IsSupported
        ? Avx512F.Min(bound, x)
        : Vector512.ConditionalSelect(Vector512.GreaterThan(x, bound), bound, x);

    /// <summary>|magnitude| with the sign of <paramref name="sign"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> WithSign(Vector512<float> magnitude, Vector512<float> sign) =>
        magnitude | (sign & Vector512.Create(-0f));
}
