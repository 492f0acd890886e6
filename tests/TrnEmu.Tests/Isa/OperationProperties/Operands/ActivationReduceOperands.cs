using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class ActivationReduceOperands : IOperands<ActivationReduce>
{
    public ActivationReduce Make(Draw draw)
    {
        var (to, from) = draw.Pair<ActivationReduce>("dst", "data");
        var (partitions, free) = draw.Shape();
        var input = new ActivationArguments(
            draw, from, partitions, free, ActivationOperands.Function(draw));
        return new ActivationReduce(
            draw.Tile(draw.OnChip(), to, partitions, free, Use.Write), input.Function, input.Data, AluOp.Add,
            draw.Tile(draw.OnChip(), draw.Any(), partitions, 1, Use.Write),
            input.IsPlain ? null : ActivationOperands.Bias(draw, partitions),
            input.IsPlain ? null : ActivationOperands.Scale(draw, partitions));
    }
}
