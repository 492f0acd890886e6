using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Codecs;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>
/// dst[p, o] = the n elements src[p, o n], …, src[p, o n + n - 1] combined in the order of <see cref="LaneFold"/>.
/// </summary>
internal readonly unsafe ref struct ReduceLoop(in Tile dst, in Tile src, float identity, bool negate) : IBinaryVisitor
{
    private readonly ref readonly Tile _dst = ref dst;
    private readonly ref readonly Tile _src = ref src;

    public void Visit<TOperator>()
        where TOperator : struct, IBinaryOperator
    {
        if (Blocks.IsBf16(_src)) Run<TOperator, Bf16Codec>();
        else Run<TOperator, Fp32Codec>();
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<TOperator, TCodec>()
        where TOperator : struct, IBinaryOperator
        where TCodec : struct, ICodec
    {
        var buffer = stackalloc float[RowBytes.Block];
        var blocks = new Blocks(_src, buffer);
        var outer = _dst.Elements;
        var n = _src.Elements / outer;
        var length = blocks.IsStaged ? RowBytes.Block : n;
        for (var p = 0; p < _dst.Partitions; p++)
        {
            for (var o = 0; o < outer; o++)
            {
                var lanes = Vector512.Create(identity);
                for (var start = 0; start < n; start += length)
                {
                    var count = Math.Min(length, n - start);
                    lanes = Fold<TOperator, TCodec>(lanes, blocks.Read<TCodec>(p, o * n + start, count), count);
                }

                var result = LaneFold.Tree<TOperator>(lanes);
                if (negate) result = -result;
                Rows.Store(_dst, p, o, &result, 1);
            }
        }
    }

    /// <summary>Element i joins lane i modulo 16, from lane 0 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Fold<TOperator, TCodec>(Vector512<float> lanes, byte* x, int count)
        where TOperator : struct, IBinaryOperator
        where TCodec : struct, ICodec
    {
        for (; count >= 16; count -= 16)
        {
            lanes = TOperator.Invoke(lanes, TCodec.Load(x));
            x += 16 * TCodec.Size;
        }

        return count == 0 ? lanes : Rest<TOperator, TCodec>(lanes, x, count);
    }

    /// <summary>
    /// The last elements. Lanes past the end stay as they are: an identity would replace a NaN under abs_max.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> Rest<TOperator, TCodec>(Vector512<float> lanes, byte* x, int count)
        where TOperator : struct, IBinaryOperator
        where TCodec : struct, ICodec
    {
        var rest = Vector512<float>.Zero;
        Unsafe.CopyBlockUnaligned(&rest, x, (uint)(count * TCodec.Size));
        return LaneFold.Keep(TOperator.Invoke(lanes, TCodec.Load((byte*)&rest)), count, lanes);
    }
}
