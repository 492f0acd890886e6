using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Codecs;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>Choices between the bits of two elements, block by block.</summary>
internal static unsafe class SelectLoop
{
    /// <summary>dst = (v cmp 0) ? src : fill</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine(in Tile dst, in Tile src, in AffinePattern pattern, AluOp cmp, float fill)
    {
        var chosen = stackalloc uint[RowBytes.Block];
        var other = stackalloc uint[RowBytes.Block];
        var mask = stackalloc uint[RowBytes.Block];
        for (var p = 0; p < dst.Partitions; p++)
        {
            for (var start = 0; start < dst.Elements; start += RowBytes.Block)
            {
                var count = Math.Min(RowBytes.Block, dst.Elements - start);
                pattern.Fill(p, start, new Span<int>(mask, count));
                new Span<uint>(other, count).Clear();
                IntegerBlock.Apply(cmp, signed: true, mask, other, mask, count);
                ElementBits.Fill(dst, p, start, fill, other, count);
                Load(dst, src, p, start, chosen, count);
                Choose(mask, chosen, other, count);
                Rows.StoreBits(dst, p, start, chosen, count);
            }
        }
    }

    /// <summary>dst = (predicate ≠ 0, or = 0 when reversed) ? src or value : dst</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Predicated(
        in Tile dst, in Tile src, bool hasSource, double value, in Tile predicate, bool reverse)
    {
        var chosen = stackalloc uint[RowBytes.Block];
        var other = stackalloc uint[RowBytes.Block];
        var mask = stackalloc uint[RowBytes.Block];
        for (var p = 0; p < dst.Partitions; p++)
        {
            for (var start = 0; start < dst.Elements; start += RowBytes.Block)
            {
                var count = Math.Min(RowBytes.Block, dst.Elements - start);
                Rows.LoadBits(predicate, p, start, mask, count);
                Rows.LoadBits(dst, p, start, other, count);
                if (hasSource) Load(dst, src, p, start, chosen, count);
                else ElementBits.Fill(dst, p, start, value, chosen, count);
                if (reverse) Choose(mask, other, chosen, count);
                else Choose(mask, chosen, other, count);
                Rows.StoreBits(dst, p, start, reverse ? other : chosen, count);
            }
        }
    }

    /// <summary>
    /// dst = v = chosen ? src : fill, and unless it is empty largest[p] = max(largest[p], v[p, 0], …) in fp32.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Choose<TMask>(in Tile dst, in Tile src, in Operand fill, TMask mask, Span<float> largest)
        where TMask : struct, IMask
    {
        var chosen = stackalloc uint[RowBytes.Block];
        var other = stackalloc uint[RowBytes.Block];
        var flags = stackalloc uint[RowBytes.Block];
        for (var p = 0; p < dst.Partitions; p++)
        {
            mask.BeginRow(p);
            var value = fill.At(p);
            var lanes = Vector512.Create(float.NegativeInfinity);
            for (var start = 0; start < dst.Elements; start += RowBytes.Block)
            {
                var count = Math.Min(RowBytes.Block, dst.Elements - start);
                mask.Fill(p, start, flags, count);
                if (!largest.IsEmpty)
                {
                    Rows.Load(src, p, start, (float*)chosen, count);
                    new Span<float>(other, count).Fill(value);
                    Choose(flags, chosen, other, count);
                    lanes = ReduceLoop.Fold<Maximum, Fp32Codec>(lanes, (byte*)chosen, count);
                }

                ElementBits.Fill(dst, p, start, value, other, count);
                Load(dst, src, p, start, chosen, count);
                Choose(flags, chosen, other, count);
                Rows.StoreBits(dst, p, start, chosen, count);
            }

            if (!largest.IsEmpty) largest[p] = MathF.Max(largest[p], LaneFold.Tree<Maximum>(lanes));
        }
    }

    /// <summary>The bits that src's elements have as elements of dst.</summary>
    public static void Load(in Tile dst, in Tile src, int partition, int start, uint* bits, int count)
    {
        if (src.DType == dst.DType)
        {
            Rows.LoadBits(src, partition, start, bits, count);
            return;
        }

        Rows.Load(src, partition, start, (float*)bits, count);
        ElementBits.Of(dst, partition, start, (float*)bits, bits, count);
    }

    /// <summary>chosen[i] = mask[i] ≠ 0 ? chosen[i] : other[i]</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Choose(uint* mask, uint* chosen, uint* other, int count)
    {
        for (var i = 0; i < count; i += 16)
        {
            var zero = Vector512.Equals(Vector512.Load(mask + i), Vector512<uint>.Zero);
            Vector512.ConditionalSelect(zero, Vector512.Load(other + i), Vector512.Load(chosen + i)).Store(chosen + i);
        }
    }
}
