using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>e^x. Beyond the bounds fp32 holds 0 or Inf only.</summary>
internal readonly struct Exp : IUnaryOperator, IWideFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x) =>
        Wide.Invoke<Exp>(Wide.AtMost(Wide.AtLeast(x, Vector512.Create(-110f)), Vector512.Create(90f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x) => ExpCore.Exp(x);
}
