using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Codecs;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>Inputs of a product as rows of bf16 pairs: one for every two terms of the sums, in the order of addition.</summary>
internal static unsafe class PairRows
{
    /// <summary>Columns packed at a time.</summary>
    public const int Width = 64;

    /// <summary>True for dtypes whose every value bf16 has.</summary>
    public static bool Holds(DType dtype) =>
        dtype is DType.Bf16 or DType.Fp8E4M3 or DType.Fp8E4M3Fn or DType.Fp8E5M2;

    /// <summary>
    /// dst[p * stride + i] = terms 2 p (upper half) and 2 p + 1 of column first + i for i &lt; count, 0 for count ≤ i
    /// &lt; 64; a term beyond the last is 0. Gives a biased exponent that no nonzero element
    /// is below: the smallest there is, or the smallest of the dtype.
    /// </summary>
    public static int Pack(in MatmulInputs inputs, in Tile tile, int first, int count, uint* dst, int stride) =>
        tile.DType switch
        {
            DType.Bf16 => Pack<Bf16Pairs>(inputs, tile, first, count, dst, stride),
            DType.Fp8E4M3 => Pack<Fp8Pairs<E4M3>>(inputs, tile, first, count, dst, stride),
            DType.Fp8E4M3Fn => Pack<Fp8Pairs<E4M3Fn>>(inputs, tile, first, count, dst, stride),
            _ => Pack<Fp8Pairs<E5M2>>(inputs, tile, first, count, dst, stride),
        };

    /// <summary>The same into a span.</summary>
    public static int Pack(in MatmulInputs inputs, in Tile tile, int first, int count, Span<uint> dst, int stride)
    {
        fixed (uint* to = dst) return Pack(inputs, tile, first, count, to, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static int Pack<TPairs>(
        in MatmulInputs inputs, in Tile tile, int first, int count, uint* dst, int stride) where TPairs : struct, IPairs
    {
        var scratch = stackalloc byte[TermRows.ScratchBytes(inputs.Depth)];
        var rows = new TermRows(inputs, tile, first, count, scratch);
        var earlier = rows.Earlier;
        var later = rows.Later;
        var step = rows.Step;
        var least = Vector512<ushort>.AllBitsSet;

        // Nothing is called here: a vector that lives across a call is spilled, which can cost more than all the rest.
        for (var r = inputs.Depth / 2; r > 0; r--, earlier += step, later += step, dst += stride)
            least = Vector512.Min(least, TPairs.Pack(earlier, later, dst));
        if (inputs.Depth % 2 == 1) least = Vector512.Min(least, TPairs.Pack(earlier, rows.Zeros, dst));
        return Math.Min(TPairs.Least, Exponent(least));
    }

    private static int Exponent(Vector512<ushort> least)
    {
        var smallest = ushort.MaxValue;
        for (var i = 0; i < Vector512<ushort>.Count; i++) smallest = Math.Min(smallest, least[i]);
        return smallest == ushort.MaxValue ? ExactRange.NoElements : (smallest + 1) >> 7;
    }
}
