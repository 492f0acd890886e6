using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>Operations on the bits of integers, block by block; see <see cref="IntegerBlock"/>.</summary>
internal static unsafe class IntegerLoop
{
    /// <summary>True when the operands are to be computed as integers.</summary>
    public static bool Takes(AluOp op, bool exact, in Tile dst, in Tile a, in Tile b) =>
        op.IsBitwise() || (exact && IntegerBlock.Has(op) && IsWord(dst) && IsWord(a) && IsWord(b));

    /// <summary>True when a second operator can follow a first that computes as integers.</summary>
    public static bool Takes(AluOp op1, AluOp op0, bool exact) =>
        op1 == AluOp.Bypass || op1.IsBitwise() || (exact && IntegerBlock.Has(op1));

    /// <summary>dst = a op b</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Binary(AluOp op, in Tile dst, in Tile a, in Tile b)
    {
        var x = stackalloc uint[RowBytes.Block];
        var y = stackalloc uint[RowBytes.Block];
        var signed = !(a.DType == DType.UInt32 && b.DType == DType.UInt32);
        for (var p = 0; p < dst.Partitions; p++)
        {
            for (var start = 0; start < dst.Elements; start += RowBytes.Block)
            {
                var count = Math.Min(RowBytes.Block, dst.Elements - start);
                Rows.LoadBits(a, p, start, x, count);
                Rows.LoadBits(b, p, start, y, count);
                IntegerBlock.Apply(op, signed, x, y, x, count);
                Rows.StoreBits(dst, p, start, x, count);
            }
        }
    }

    /// <summary>dst = (src op0 s0) op1 s1</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scalar(
        in Tile dst, in Tile src, AluOp op0, in Operand s0, bool reverse0, AluOp op1, in Operand s1, bool reverse1)
    {
        var x = stackalloc uint[RowBytes.Block];
        var y = stackalloc uint[RowBytes.Block];
        var signed = src.DType != DType.UInt32;
        for (var p = 0; p < dst.Partitions; p++)
        {
            var (bits0, bits1) = (s0.BitsAt(p), s1.BitsAt(p));
            for (var start = 0; start < dst.Elements; start += RowBytes.Block)
            {
                var count = Math.Min(RowBytes.Block, dst.Elements - start);
                Rows.LoadBits(src, p, start, x, count);
                Step(op0, signed, x, bits0, y, reverse0, count);
                if (op1 != AluOp.Bypass) Step(op1, signed, x, bits1, y, reverse1, count);
                Rows.StoreBits(dst, p, start, x, count);
            }
        }
    }

    /// <summary>
    /// dst[p, o] = the elements o n to o n + n - 1 of src combined; the operator's order does not matter.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reduce(AluOp op, in Tile dst, in Tile src)
    {
        var block = stackalloc uint[RowBytes.Block];
        var lanes = stackalloc uint[32];
        var identity = op == AluOp.BitwiseAnd ? uint.MaxValue : 0;
        var n = src.Elements / dst.Elements;
        for (var p = 0; p < dst.Partitions; p++)
        {
            for (var o = 0; o < dst.Elements; o++)
            {
                new Span<uint>(lanes, 32).Fill(identity);
                for (var start = 0; start < n; start += RowBytes.Block)
                {
                    var count = Math.Min(RowBytes.Block, n - start);
                    new Span<uint>(block, RowBytes.Block)[(count & ~15)..].Fill(identity);
                    Rows.LoadBits(src, p, o * n + start, block, count);
                    for (var i = 0; i < count; i += 16)
                        IntegerBlock.Apply(op, signed: false, lanes, block + i, lanes, 16);
                }

                for (var half = 8; half > 0; half /= 2)
                    IntegerBlock.Apply(op, signed: false, lanes, lanes + half, lanes, 16);
                Rows.StoreBits(dst, p, o, lanes, 1);
            }
        }
    }

    private static void Step(AluOp op, bool signed, uint* x, uint scalar, uint* y, bool reverse, int count)
    {
        new Span<uint>(y, count).Fill(scalar);
        if (reverse) IntegerBlock.Apply(op, signed, y, x, x, count);
        else IntegerBlock.Apply(op, signed, x, y, x, count);
    }

    private static bool IsWord(in Tile tile) => tile.DType is DType.Int32 or DType.UInt32;
}
