using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class SelectReduceOperands : IOperands<SelectReduce>
{
    public SelectReduce Make(Draw draw)
    {
        var (dst, type) = draw.Pair<SelectReduce>("dst", "on_true");
        var (partitions, free) = draw.Shape();
        var data = draw.Tile(draw.OnChip(), type, partitions, free);
        var command = VectorReduction.Command(
            draw, data, ReduceCommand.Idle, ReduceCommand.ResetReduce, ReduceCommand.Reduce);
        return new SelectReduce(
            draw.Tile(draw.OnChip(), dst, partitions, free, Use.Write),
            draw.Tile(draw.OnChip(), draw.Any<SelectReduce>("predicate"), partitions, free), data,
            draw.Scalar(partitions),
            command == ReduceCommand.Idle ? null
                : VectorReduction.Result(draw, partitions, draw.Any<SelectReduce>("reduce_res")),
            command, ReversePred: draw.Chance(40));
    }
}
