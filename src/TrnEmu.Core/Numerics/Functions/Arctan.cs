using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>
/// arctan x = t P(t^2) with t = x, or pi/2 + t P(t^2) with t = -1/x from 1 on; P minimax to 2^-31, sign of x.
/// </summary>
internal readonly struct Arctan : IUnaryOperator, IWideFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x) =>
        Wide.WithSign(Wide.Invoke<Arctan>(Vector512.Abs(x)), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x)
    {
        var one = Vector512<double>.One;
        var steep = Vector512.GreaterThan(x, one);
        var t = Vector512.ConditionalSelect(steep, -one, x) / Vector512.ConditionalSelect(steep, x, one);
        var s = t * t;
        var p = Wide.Step(Vector512.Create(0.0010911004610071155), s, -0.007199330389764728);
        p = Wide.Step(p, s, 0.022274236161098228);
        p = Wide.Step(p, s, -0.044357348146758784);
        p = Wide.Step(p, s, 0.06716096407619149);
        p = Wide.Step(p, s, -0.08798766831557174);
        p = Wide.Step(p, s, 0.11054499735339007);
        p = Wide.Step(p, s, -0.14279159396855973);
        p = Wide.Step(p, s, 0.1999960461771379);
        p = Wide.Step(p, s, -0.333333239346967);
        p = Wide.Step(p, s, 0.9999999996282035);
        return Vector512.FusedMultiplyAdd(p, t, steep & Vector512.Create(Math.PI / 2));
    }
}
