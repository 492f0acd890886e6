using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>Whether an activation adds up its results.</summary>
internal interface IChoice
{
    static abstract bool Value { get; }
}

/// <summary>It does.</summary>
internal readonly struct Yes : IChoice
{
    public static bool Value => true;
}

/// <summary>It does not.</summary>
internal readonly struct No : IChoice
{
    public static bool Value => false;
}

/// <summary>
/// f(x scale + bias, parameter), the product and sum one fma; the sum of a partition's results goes to sums[p, 0].
/// </summary>
internal unsafe struct Activate<TOperator, TSums>(
    Operand scale, Operand bias, Operand parameter, Tile sums, bool accumulate) : IRowFunction
    where TOperator : struct, IBinaryOperator
    where TSums : struct, IChoice
{
    private Vector512<float> _scale, _bias, _parameter;

    public static bool Sums => TSums.Value;

    public void BeginRow(int partition)
    {
        _scale = Vector512.Create(scale.At(partition));
        _bias = Vector512.Create(bias.At(partition));
        _parameter = Vector512.Create(parameter.At(partition));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        TOperator.Invoke(Vector512.FusedMultiplyAdd(x, _scale, _bias), _parameter);

    public readonly void EndRow(int partition, float sum)
    {
        if (accumulate)
        {
            float before;
            Rows.Load(sums, partition, 0, &before, 1);
            sum = before + sum;
        }

        Rows.Store(sums, partition, 0, &sum, 1);
    }
}
