using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics;

/// <content>Reductions over partitions.</content>
public static unsafe partial class Elementwise
{
    /// <summary>
    /// dst[0, f] = src[0, f] op src[1, f] op …, partitions ascending: add and maximum in fp32, rounded once; bitwise_or
    /// and bitwise_and on the bits.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReducePartitions(AluOp op, in Tile dst, in Tile src)
    {
        Span<uint> total = stackalloc uint[RowBytes.Block];
        Span<uint> next = stackalloc uint[RowBytes.Block];
        for (var start = 0; start < dst.Elements; start += RowBytes.Block)
        {
            var count = Math.Min(RowBytes.Block, dst.Elements - start);
            if (op.IsBitwise()) ReduceBits(op, dst, src, start, total[..count], next[..count]);
            else ReduceNumbers(op, dst, src, start, Floats(total[..count]), Floats(next[..count]));
        }
    }

    private static Span<float> Floats(Span<uint> words) => MemoryMarshal.Cast<uint, float>(words);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReduceNumbers(AluOp op, in Tile dst, in Tile src, int start, Span<float> total, Span<float> next)
    {
        Rows.Load(src, 0, start, total);
        for (var p = 1; p < src.Partitions; p++)
        {
            Rows.Load(src, p, start, next);
            var fold = new FoldVisitor(total, next);
            op.Visit(reverse: false, ref fold);
        }

        Rows.Store(dst, 0, start, total);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReduceBits(AluOp op, in Tile dst, in Tile src, int start, Span<uint> total, Span<uint> next)
    {
        Rows.LoadBits(src, 0, start, total);
        for (var p = 1; p < src.Partitions; p++)
        {
            Rows.LoadBits(src, p, start, next);
            for (var i = 0; i < total.Length; i++)
                total[i] = op == AluOp.BitwiseOr ? total[i] | next[i] : total[i] & next[i];
        }

        Rows.StoreBits(dst, 0, start, total);
    }

    /// <summary>total[i] = total[i] op next[i].</summary>
    private readonly ref struct FoldVisitor(Span<float> total, Span<float> next) : IBinaryVisitor
    {
        private readonly Span<float> _total = total, _next = next;

        public void Visit<TOperator>()
            where TOperator : struct, IBinaryOperator
        {
            var i = 0;
            for (; i <= _total.Length - 16; i += 16)
                TOperator.Invoke(Load(_total, i), Load(_next, i)).CopyTo(_total[i..]);
            for (; i < _total.Length; i++)
            {
                var one = TOperator.Invoke(
                    Vector512.Create(_total[i]), Vector512.Create(_next[i]));
                _total[i] = Vector512.ToScalar(one);
            }
        }

        private static Vector512<float> Load(Span<float> values, int i) =>
            Vector512.Create<float>(values[i..]);
    }
}
