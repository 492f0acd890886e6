using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class ActivationReduceOperands : IOperands<ActivationReduce>
{
    public ActivationReduce Make(Draw draw)
    {
        var (partitions, free) = draw.Shape();
        return new ActivationReduce(
            draw.Tile(draw.OnChip(), draw.Any(), partitions, free, Use.Write), ActivationOperands.Function(draw),
            draw.Tile(draw.OnChip(), draw.Any(), partitions, free), AluOp.Add,
            draw.Tile(draw.OnChip(), draw.Any(), partitions, 1, Use.Write), ActivationOperands.Bias(draw, partitions),
            ActivationOperands.Scale(draw, partitions));
    }
}
