using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>
/// e^x = 2^n (1 + r + r^2 q(r)), n = round((x - s) / ln 2), r = x - n ln 2 with ln 2 in two parts, q minimax to 0.04 units
/// in the last place. r lies between -0.29 and 0.41: below 0, where the units of 1 + r + … are half as large, less of r
/// is lost. The one transcendental in fp32 throughout: softmax lives on it, and within one unit it can be had so.
/// </summary>
internal readonly struct Exp : IUnaryOperator
{
    private const float Shift = 0.0585f;
    private const float OneOverLn2 = 1.4426950408889634f;
    private const float Ln2Upper = 0.693145752f;
    private const float Ln2Lower = 1.42860677e-6f;

    /// <summary>A sum with it holds round(x) in its lowest bits.</summary>
    private const float Integer = 12582912f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x)
    {
        // Beyond these bounds fp32 holds 0 or Inf only.
        x = Wide.AtMost(Wide.AtLeast(x, Vector512.Create(-110f)), Vector512.Create(90f));
        var whole = Vector512.FusedMultiplyAdd(x - Vector512.Create(Shift), Vector512.Create(OneOverLn2), Vector512.Create(Integer));
        var n = whole - Vector512.Create(Integer);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Upper), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Lower), r);

        var square = r * r;
        var low = Vector512.FusedMultiplyAdd(r, Vector512.Create(0.1666657f), Vector512.Create(0.5000002f));
        var high = Vector512.FusedMultiplyAdd(r, Vector512.Create(0.0083605032f), Vector512.Create(0.0416585f));
        high = Vector512.FusedMultiplyAdd(square, Vector512.Create(0.0014632782f), high);
        var q = Vector512.FusedMultiplyAdd(high, square, low);
        var p = Vector512<float>.One + Vector512.FusedMultiplyAdd(q, square, r);

        // Both ways round p 2^n once: one instruction, or 2^n in two factors of which the first is exact.
        if (Avx512F.IsSupported) return Avx512F.Scale(p, n);
        var exponent = whole.AsInt32() - Vector512.Create(Integer).AsInt32();
        var half = exponent >> 1;
        return p * Power(half) * Power(exponent - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Power(Vector512<int> n) => ((n + Vector512.Create(127)) << 23).AsSingle();
}
