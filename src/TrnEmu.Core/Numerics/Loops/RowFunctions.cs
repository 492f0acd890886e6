using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>x</summary>
internal struct Same : IRowFunction
{
    public readonly void BeginRow(int partition)
    {
        // No scalar belongs to a partition.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x;
}

/// <summary>x op y</summary>
internal struct Pair<TOperator> : IRowFunction
    where TOperator : struct, IBinaryOperator
{
    public readonly void BeginRow(int partition)
    {
        // No scalar belongs to a partition.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => TOperator.Invoke(x, y);
}

/// <summary>(x op0 s0) op1 s1, the scalars of the partition.</summary>
internal struct TwoScalars<TOp0, TOp1>(Operand operand0, Operand operand1) : IRowFunction
    where TOp0 : struct, IBinaryOperator
    where TOp1 : struct, IBinaryOperator
{
    private Vector512<float> _s0, _s1;

    public void BeginRow(int partition)
    {
        _s0 = Vector512.Create(operand0.At(partition));
        _s1 = Vector512.Create(operand1.At(partition));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        TOp1.Invoke(TOp0.Invoke(x, _s0), _s1);
}

/// <summary>(x op0 s0) op1 y, s0 the scalar of the partition.</summary>
internal struct ScalarThenPair<TOp0, TOp1>(Operand operand0) : IRowFunction
    where TOp0 : struct, IBinaryOperator
    where TOp1 : struct, IBinaryOperator
{
    private Vector512<float> _s0;

    public void BeginRow(int partition) => _s0 = Vector512.Create(operand0.At(partition));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        TOp1.Invoke(TOp0.Invoke(x, _s0), y);
}
