using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>Where the predicate is not 0, or with <paramref name="reverse"/> where it is.</summary>
internal readonly unsafe struct PredicateMask(Tile predicate, bool reverse) : IMask
{
    public void BeginRow(int partition)
    {
        // No scalar belongs to a partition.
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int partition, int start, uint* mask, int count)
    {
        Rows.LoadBits(predicate, partition, start, mask, count);
        if (!reverse) return;
        for (var i = 0; i < count; i += 16)
            Vector512.Equals(Vector512.Load(mask + i), Vector512<uint>.Zero).Store(mask + i);
    }
}

/// <summary>Where (first + i) op0 bound0 and (first + i) op1 bound1, the operators comparisons.</summary>
internal unsafe struct RangeMask(int first, AluOp op0, Operand bound0, AluOp op1, Operand bound1) : IMask
{
    private float _bound0, _bound1;

    public void BeginRow(int partition) => (_bound0, _bound1) = (bound0.At(partition), bound1.At(partition));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Fill(int partition, int start, uint* mask, int count)
    {
        for (var i = 0; i < count; i += 16) Vector512<uint>.AllBitsSet.Store(mask + i);
        var compare = new Comparison(mask, count, first + start, _bound0);
        op0.Visit(reverse: false, ref compare);
        compare = new Comparison(mask, count, first + start, _bound1);
        op1.Visit(reverse: false, ref compare);
    }

    /// <summary>mask[i] &amp;= (first + i) op bound, 0 or the bits of 1.</summary>
    private readonly struct Comparison(uint* mask, int count, int first, float bound) : IBinaryVisitor
    {
        public void Visit<TOperator>()
            where TOperator : struct, IBinaryOperator
        {
            var index = Vector512.CreateSequence((float)first, 1);
            for (var i = 0; i < count; i += 16, index += Vector512.Create(16f))
            {
                var holds = TOperator.Invoke(index, Vector512.Create(bound)).AsUInt32();
                (Vector512.Load(mask + i) & holds).Store(mask + i);
            }
        }
    }
}
