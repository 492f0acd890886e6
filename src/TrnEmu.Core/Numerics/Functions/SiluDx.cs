using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>The factor of the argument: f(x) is the derivative of z / (1 + e^-z) at z = factor x.</summary>
internal interface ISlopeArgument
{
    static abstract double Factor { get; }
}

/// <summary>
/// s (1 + z (1 - s)) with s = 1 / (1 + e^-z): the derivative of silu, and with z = 1.702 x that of gelu's sigmoid
/// approximation. For a = |z|, f(-a) = e (1 + e - a) / (1 + e)^2 with e = e^-a, and f(a) = 1 - f(-a). The only zero is
/// at -r with 1 + e^-r = r; with d = a - r, 1 + e - a = (r - 1) (e^-d - 1) - d, whose terms have the same sign.
/// </summary>
internal readonly struct SiluDx<TArgument> : IUnaryOperator, IWideFunction
    where TArgument : struct, ISlopeArgument
{
    private const double Root = 1.2784645427610737;
    private const double RootRest = 1.0946994183093437e-16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x) => Wide.Invoke<SiluDx<TArgument>>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x)
    {
        var a = Wide.AtMost(Vector512.Abs(x), Vector512.Create(120.0));
        var d = Vector512.FusedMultiplyAdd(a, Vector512.Create(TArgument.Factor), Vector512.Create(-Root)) - Vector512.Create(RootRest);
        var e = Vector512.Create(Root - 1) * ExpCore.Exp(-d, out var minus1);
        var n = Vector512.FusedMultiplyAdd(minus1, Vector512.Create(Root - 1), -d);
        var sum = Vector512<double>.One + e;
        var lower = e * n / (sum * sum);
        var positive = Vector512.GreaterThanOrEqual(x, Vector512<double>.Zero);
        return Vector512.ConditionalSelect(positive, Vector512<double>.One - lower, lower);
    }
}

/// <summary>silu_dx: z = x.</summary>
internal readonly struct SiluArgument : ISlopeArgument
{
    public static double Factor => 1;
}

/// <summary>gelu_apprx_sigmoid_dx: z = 1.702 x.</summary>
internal readonly struct GeluSigmoidArgument : ISlopeArgument
{
    public static double Factor => 1.702;
}
