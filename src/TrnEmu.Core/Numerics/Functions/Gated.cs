using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>The argument w(x) of a gate x / (1 + e^w), and the |x| from which the gate is 0 or 1 in fp32.</summary>
internal interface IGate
{
    static abstract float Limit { get; }

    static abstract Vector512<double> Argument(Vector512<double> x);
}

/// <summary>x / (1 + e^w(x)): silu and the two approximations of gelu.</summary>
internal readonly struct Gated<TGate> : IUnaryOperator, IWideFunction
    where TGate : struct, IGate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x) =>
        Wide.Invoke<Gated<TGate>>(Wide.AtLeast(x, Vector512.Create(-TGate.Limit)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x)
    {
        var w = TGate.Argument(Wide.AtMost(x, Vector512.Create((double)TGate.Limit)));
        return x / ExpCore.OnePlusExp(w);
    }
}

/// <summary>silu: w = -x.</summary>
internal readonly struct SiluGate : IGate
{
    public static float Limit => 120f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Argument(Vector512<double> x) => -x;
}

/// <summary>gelu_apprx_sigmoid: w = -1.702 x.</summary>
internal readonly struct GeluSigmoidGate : IGate
{
    public static float Limit => 80f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Argument(Vector512<double> x) => x * Vector512.Create(-1.702);
}

/// <summary>gelu_apprx_tanh: (1 + tanh u) / 2 = 1 / (1 + e^-2u), so w = -2 sqrt(2 / pi) (x + 0.044715 x^3).</summary>
internal readonly struct GeluTanhGate : IGate
{
    public static float Limit => 14f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Argument(Vector512<double> x) =>
        x * Wide.Step(x * x, Vector512.Create(-2 * 0.7978845608028654 * 0.044715), -2 * 0.7978845608028654);
}
