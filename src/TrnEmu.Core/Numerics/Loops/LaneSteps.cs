using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Functions;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>result = state = (x op0 state) op1 y</summary>
internal readonly struct ScanStep<TOp0, TOp1> : ILaneStep
    where TOp0 : struct, IBinaryOperator
    where TOp1 : struct, IBinaryOperator
{
    public static bool ReadsSecond => true;

    public void Begin(int partition, int count)
    {
        // No scalar belongs to a partition.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Invoke(ref Vector512<float> state, Vector512<float> x, Vector512<float> y) =>
        state = TOp1.Invoke(TOp0.Invoke(x, state), y);
}

/// <summary>result = state = (x op0 s0) op1 state, s0 the scalar of the partition.</summary>
internal struct CumulativeStep<TOp0, TOp1>(Operand operand0) : ILaneStep
    where TOp0 : struct, IBinaryOperator
    where TOp1 : struct, IBinaryOperator
{
    private Vector512<float> _s0;

    public static bool ReadsSecond => false;

    public void Begin(int partition, int count) => _s0 = operand0.Lanes(partition, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<float> Invoke(ref Vector512<float> state, Vector512<float> x, Vector512<float> y) =>
        state = TOp1.Invoke(TOp0.Invoke(x, _s0), state);
}

/// <summary>result = x op0 s0, state = state op1 result, s0 the scalar of the partition.</summary>
internal struct FoldStep<TOp0, TOp1>(Operand operand0) : ILaneStep
    where TOp0 : struct, IBinaryOperator
    where TOp1 : struct, IBinaryOperator
{
    private Vector512<float> _s0;

    public static bool ReadsSecond => false;

    public void Begin(int partition, int count) => _s0 = operand0.Lanes(partition, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<float> Invoke(ref Vector512<float> state, Vector512<float> x, Vector512<float> y)
    {
        var result = TOp0.Invoke(x, _s0);
        state = TOp1.Invoke(state, result);
        return result;
    }
}

/// <summary>e^(x - y)</summary>
internal readonly struct ExpOfDifference : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Exp.Invoke(x - y);
}
