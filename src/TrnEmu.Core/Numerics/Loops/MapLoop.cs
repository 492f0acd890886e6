using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Codecs;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>
/// dst[p, i] = f(a[p, i], b[p, i]): the one loop behind all element-wise arithmetic. Rows of fp32 and bf16 are read, computed
/// and rounded in one pass; other operands go through blocks of fp32. A block is read before it is written, so dst may be the
/// very pattern of a or b; any other overlap is not allowed.
/// </summary>
internal static unsafe class MapLoop
{
    /// <summary>Two operands.</summary>
    public static void Run<TFunction>(in Tile dst, in Tile a, in Tile b, ref TFunction f)
        where TFunction : struct, IRowFunction
    {
        if (Blocks.AccessOf(a) == Access.Bf16Row) WithFirst<TFunction, Bf16Codec>(dst, a, b, ref f);
        else WithFirst<TFunction, Fp32Codec>(dst, a, b, ref f);
    }

    /// <summary>One operand; y is 0.</summary>
    public static void Run<TFunction>(in Tile dst, in Tile a, ref TFunction f)
        where TFunction : struct, IRowFunction
    {
        if (Blocks.AccessOf(a) == Access.Bf16Row) WithBoth<TFunction, Bf16Codec, NoneCodec>(dst, a, a, ref f);
        else WithBoth<TFunction, Fp32Codec, NoneCodec>(dst, a, a, ref f);
    }

    private static void WithFirst<TFunction, TA>(in Tile dst, in Tile a, in Tile b, ref TFunction f)
        where TFunction : struct, IRowFunction
        where TA : struct, ICodec
    {
        if (Blocks.AccessOf(b) == Access.Bf16Row) WithBoth<TFunction, TA, Bf16Codec>(dst, a, b, ref f);
        else WithBoth<TFunction, TA, Fp32Codec>(dst, a, b, ref f);
    }

    private static void WithBoth<TFunction, TA, TB>(in Tile dst, in Tile a, in Tile b, ref TFunction f)
        where TFunction : struct, IRowFunction
        where TA : struct, ICodec
        where TB : struct, ICodec
    {
        if (Blocks.AccessOf(dst) == Access.Bf16Row) Run<TFunction, TA, TB, Bf16Codec>(dst, a, b, ref f);
        else Run<TFunction, TA, TB, Fp32Codec>(dst, a, b, ref f);
    }

    [SkipLocalsInit]
    private static void Run<TFunction, TA, TB, TD>(in Tile dst, in Tile a, in Tile b, ref TFunction f)
        where TFunction : struct, IRowFunction
        where TA : struct, ICodec
        where TB : struct, ICodec
        where TD : struct, ICodec
    {
        var bufferA = stackalloc float[RowBytes.Block];
        var bufferB = stackalloc float[RowBytes.Block];
        var bufferD = stackalloc float[RowBytes.Block];
        var elements = dst.Elements;
        var staged = Blocks.AccessOf(dst) == Access.Staged || Blocks.AccessOf(a) == Access.Staged
            || Blocks.AccessOf(b) == Access.Staged;
        var length = Blocks.Length(elements, staged);
        for (var p = 0; p < dst.Partitions; p++)
        {
            f.BeginRow(p);
            var lanes = Vector512<float>.Zero;
            for (var start = 0; start < elements; start += length)
            {
                var count = Math.Min(length, elements - start);
                var x = Blocks.Read<TA>(a, p, start, count, bufferA);
                var y = Blocks.Read<TB>(b, p, start, count, bufferB);
                var z = Blocks.Place(dst, p, start, bufferD);
                Row<TFunction, TA, TB, TD>(ref f, x, y, z, count, ref lanes);
                Blocks.Write(dst, p, start, count, z, bufferD);
            }

            if (TFunction.Sums) f.EndRow(p, LaneFold.Tree<Add>(lanes));
        }
    }

    private static void Row<TFunction, TA, TB, TD>(
        ref TFunction function, byte* a, byte* b, byte* d, int count, ref Vector512<float> lanes)
        where TFunction : struct, IRowFunction
        where TA : struct, ICodec
        where TB : struct, ICodec
        where TD : struct, ICodec
    {
        var f = function;
        var sum = lanes;
        for (; count >= 16; count -= 16)
        {
            var z = f.Invoke(TA.Load(a), TB.Load(b));
            if (TFunction.Sums) sum += z;
            TD.Store(d, z);
            a += 16 * TA.Size;
            b += 16 * TB.Size;
            d += 16 * TD.Size;
        }

        if (count > 0)
        {
            var (x, y, rest) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            Unsafe.CopyBlockUnaligned(&x, a, (uint)(count * TA.Size));
            Unsafe.CopyBlockUnaligned(&y, b, (uint)(count * TB.Size));
            var z = f.Invoke(TA.Load((byte*)&x), TB.Load((byte*)&y));
            if (TFunction.Sums) sum += LaneFold.Keep(z, count, Vector512<float>.Zero);
            TD.Store((byte*)&rest, z);
            Unsafe.CopyBlockUnaligned(d, &rest, (uint)(count * TD.Size));
        }

        lanes = sum;
    }
}
