using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>1 / (1 + e^-x)</summary>
internal readonly struct Sigmoid : IUnaryOperator, IWideFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x) =>
        Wide.Invoke<Sigmoid>(Wide.AtMost(Wide.AtLeast(x, Vector512.Create(-110f)), Vector512.Create(110f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x) =>
        Vector512<double>.One / (Vector512<double>.One + ExpCore.Exp(-x));
}
