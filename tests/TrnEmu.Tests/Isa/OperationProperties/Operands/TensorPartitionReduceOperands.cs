using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class TensorPartitionReduceOperands : IOperands<TensorPartitionReduce>
{
    public TensorPartitionReduce Make(Draw draw)
    {
        draw.Engine = Engine.GpSimd;
        var (dst, data) = draw.Pair<TensorPartitionReduce>("dst", "data");
        var op = draw.Of(AluOp.Add, AluOp.Maximum);
        if (dst.IsInteger() && data.IsInteger() && draw.Chance(40)) op = draw.Of(AluOp.BitwiseOr, AluOp.BitwiseAnd);
        var (partitions, free) = draw.Shape();
        return new TensorPartitionReduce(
            draw.Tile(MemorySpace.Sbuf, dst, 1, free, Use.Write), op,
            draw.Tile(MemorySpace.Sbuf, data, partitions, free));
    }
}
