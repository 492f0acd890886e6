using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>Looks for an argument of an activation outside its range; a pass of its own, before anything is written.</summary>
internal static unsafe class RangeLoop
{
    /// <summary>The first element whose src scale + bias lies outside, in pattern order; null when none does.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (int Partition, int Element, float Argument)? Find<TRounding>(
        in Tile src, in Affine input, in ActivationRange range)
        where TRounding : struct, IRounding
    {
        var block = stackalloc float[RowBytes.Block];
        for (var p = 0; p < src.Partitions; p++)
        {
            var (scale, bias) = (Vector512.Create(input.Scale.At(p)), Vector512.Create(input.Bias.At(p)));
            for (var start = 0; start < src.Elements; start += RowBytes.Block)
            {
                var count = Math.Min(RowBytes.Block, src.Elements - start);
                Rows.Load(src, p, start, block, count);
                if (Find<TRounding>(block, count, scale, bias, range) is { } found) return (p, start + found.At, found.Argument);
            }
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int At, float Argument)? Find<TRounding>(
        float* x, int count, Vector512<float> scale, Vector512<float> bias, in ActivationRange range)
        where TRounding : struct, IRounding
    {
        for (var i = 0; i < count; i += 16)
        {
            var argument = TRounding.MultiplyAdd(Vector512.Load(x + i), scale, bias);
            var outside = range.Outside(argument);
            if (count - i < 16) outside = LaneFold.Keep(outside, count - i, Vector512<float>.Zero);
            var lanes = outside.ExtractMostSignificantBits();
            if (lanes == 0) continue;
            var lane = System.Numerics.BitOperations.TrailingZeroCount(lanes);
            return (i + lane, argument[lane]);
        }

        return null;
    }
}
