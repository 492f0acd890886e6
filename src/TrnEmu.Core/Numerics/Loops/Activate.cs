using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>Whether the product and sum before an activation are one fma.</summary>
internal interface IRounding
{
    static abstract Vector512<float> MultiplyAdd(Vector512<float> x, Vector512<float> scale, Vector512<float> bias);
}

/// <summary>They are rounded once.</summary>
internal readonly struct RoundOnce : IRounding
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> x, Vector512<float> scale, Vector512<float> bias) =>
        Vector512.FusedMultiplyAdd(x, scale, bias);
}

/// <summary>Each is rounded by itself.</summary>
internal readonly struct RoundEach : IRounding
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> x, Vector512<float> scale, Vector512<float> bias) =>
        x * scale + bias;
}

/// <summary>f(x scale + bias, parameter) along a row.</summary>
internal struct Activate<TOperator, TRounding>(Affine input) : IRowFunction
    where TOperator : struct, IBinaryOperator
    where TRounding : struct, IRounding
{
    private Vector512<float> _scale, _bias, _parameter;

    public void BeginRow(int partition)
    {
        _scale = Vector512.Create(input.Scale.At(partition));
        _bias = Vector512.Create(input.Bias.At(partition));
        _parameter = Vector512.Create(input.Parameter.At(partition));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        TOperator.Invoke(TRounding.MultiplyAdd(x, _scale, _bias), _parameter);
}

/// <summary>result = f(x scale + bias, parameter), state = state op result, in 16 partitions.</summary>
internal struct ActivateStep<TOperator, TRounding, TReduce>(Affine input) : ILaneStep
    where TOperator : struct, IBinaryOperator
    where TRounding : struct, IRounding
    where TReduce : struct, IBinaryOperator
{
    private Vector512<float> _scale, _bias, _parameter;

    public static bool ReadsSecond => false;

    public void Begin(int partition, int count)
    {
        _scale = input.Scale.Lanes(partition, count);
        _bias = input.Bias.Lanes(partition, count);
        _parameter = input.Parameter.Lanes(partition, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<float> Invoke(ref Vector512<float> state, Vector512<float> x, Vector512<float> y)
    {
        var result = TOperator.Invoke(TRounding.MultiplyAdd(x, _scale, _bias), _parameter);
        state = TReduce.Invoke(state, result);
        return result;
    }
}
