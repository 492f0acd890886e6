using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Codecs;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>
/// dst[p, i] = f(a[p, i], b[p, i]): the one loop behind all element-wise arithmetic. Rows of fp32 and bf16 are read,
/// computed and rounded in one pass; other operands go through blocks of fp32. A block is read before it is written, so
/// dst may be the very pattern of a or b; any other overlap is not allowed.
/// </summary>
internal static unsafe class MapLoop
{
    /// <summary>Two operands.</summary>
    public static void Run<TFunction>(in Tile dst, in Tile a, in Tile b, ref TFunction f)
        where TFunction : struct, IRowFunction
    {
        if (Blocks.IsBf16(a)) WithFirst<TFunction, Bf16Codec>(dst, a, b, ref f);
        else WithFirst<TFunction, Fp32Codec>(dst, a, b, ref f);
    }

    /// <summary>One operand; y is 0.</summary>
    public static void Run<TFunction>(in Tile dst, in Tile a, ref TFunction f)
        where TFunction : struct, IRowFunction
    {
        if (Blocks.IsBf16(a)) WithBoth<TFunction, Bf16Codec, NoneCodec>(dst, a, a, ref f);
        else WithBoth<TFunction, Fp32Codec, NoneCodec>(dst, a, a, ref f);
    }

    private static void WithFirst<TFunction, TA>(in Tile dst, in Tile a, in Tile b, ref TFunction f)
        where TFunction : struct, IRowFunction
        where TA : struct, ICodec
    {
        if (Blocks.IsBf16(b)) WithBoth<TFunction, TA, Bf16Codec>(dst, a, b, ref f);
        else WithBoth<TFunction, TA, Fp32Codec>(dst, a, b, ref f);
    }

    private static void WithBoth<TFunction, TA, TB>(in Tile dst, in Tile a, in Tile b, ref TFunction f)
        where TFunction : struct, IRowFunction
        where TA : struct, ICodec
        where TB : struct, ICodec
    {
        if (Blocks.IsBf16(dst)) Run<TFunction, TA, TB, Bf16Codec>(dst, a, b, ref f);
        else Run<TFunction, TA, TB, Fp32Codec>(dst, a, b, ref f);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TFunction, TA, TB, TD>(in Tile dst, in Tile a, in Tile b, ref TFunction f)
        where TFunction : struct, IRowFunction
        where TA : struct, ICodec
        where TB : struct, ICodec
        where TD : struct, ICodec
    {
        var buffers = stackalloc float[3 * RowBytes.Block];
        var (elements, partitions) = (dst.Elements, dst.Partitions);
        var first = new Blocks(a, buffers);
        var second = new Blocks(b, buffers + RowBytes.Block);
        var result = new Blocks(dst, buffers + 2 * RowBytes.Block);
        var length = first.IsStaged || second.IsStaged || result.IsStaged ? RowBytes.Block : Math.Max(elements, 1);
        for (var p = 0; p < partitions; p++)
        {
            f.BeginRow(p);
            for (var start = 0; start < elements; start += length)
            {
                var count = Math.Min(length, elements - start);
                var x = first.Read<TA>(p, start, count);
                var y = TB.Size == 0 ? null : second.Read<TB>(p, start, count);
                var z = result.Place<TD>(p, start);
                Row<TFunction, TA, TB, TD>(ref f, x, y, z, count);
                result.Write(p, start, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TFunction, TA, TB, TD>(ref TFunction function, byte* a, byte* b, byte* d, int count)
        where TFunction : struct, IRowFunction
        where TA : struct, ICodec
        where TB : struct, ICodec
        where TD : struct, ICodec
    {
        var f = function;
        if (AllBf16<TA, TB, TD>())
        {
            for (; count >= 32; count -= 32)
            {
                var x = Bf16Codec.LoadPair(a);
                var y = TB.Size == 0 ? default : Bf16Codec.LoadPair(b);
                Bf16Codec.StorePair(d, f.Invoke(x.Even, y.Even), f.Invoke(x.Odd, y.Odd));
                a += 32 * TA.Size;
                b += 32 * TB.Size;
                d += 32 * TD.Size;
            }
        }

        else if (typeof(TD) == typeof(Bf16Codec) && Bf16Codec.HasStoreTwo)
        {
            for (; count >= 32; count -= 32)
            {
                var z = f.Invoke(TA.Load(a), TB.Load(b));
                Bf16Codec.StoreTwo(d, z, f.Invoke(TA.Load(a + 16 * TA.Size), TB.Load(b + 16 * TB.Size)));
                a += 32 * TA.Size;
                b += 32 * TB.Size;
                d += 32 * TD.Size;
            }
        }

        for (; count >= 16; count -= 16)
        {
            var z = f.Invoke(TA.Load(a), TB.Load(b));
            TD.Store(d, z);
            a += 16 * TA.Size;
            b += 16 * TB.Size;
            d += 16 * TD.Size;
        }

        if (count > 0) Rest<TFunction, TA, TB, TD>(ref function, a, b, d, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AllBf16<TA, TB, TD>() => typeof(TA) == typeof(Bf16Codec) && typeof(TD) == typeof(Bf16Codec)
        && (typeof(TB) == typeof(Bf16Codec) || typeof(TB) == typeof(NoneCodec));

    /// <summary>The last elements, apart: calls beside the loop would keep its values in memory.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rest<TFunction, TA, TB, TD>(ref TFunction f, byte* a, byte* b, byte* d, int count)
        where TFunction : struct, IRowFunction
        where TA : struct, ICodec
        where TB : struct, ICodec
        where TD : struct, ICodec
    {
        var (x, y, rest) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        Unsafe.CopyBlockUnaligned(&x, a, (uint)(count * TA.Size));
        Unsafe.CopyBlockUnaligned(&y, b, (uint)(count * TB.Size));
        var z = f.Invoke(TA.Load((byte*)&x), TB.Load((byte*)&y));
        TD.Store((byte*)&rest, z);
        Unsafe.CopyBlockUnaligned(d, &rest, (uint)(count * TD.Size));
    }
}
