using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class ExponentialOperands : IOperands<Exponential>
{
    public Exponential Make(Draw draw)
    {
        var (dst, type) = draw.Pair<Exponential>("dst", "src");
        var (partitions, free) = draw.Shape();
        var src = draw.Tile(draw.OnChip(), type, partitions, free);
        var command = VectorReduction.Command(
            draw, src, ReduceCommand.Idle, ReduceCommand.ResetReduce, ReduceCommand.LoadReduce, ReduceCommand.Reduce);
        return new Exponential(
            draw.Tile(draw.OnChip(), dst, partitions, free, Use.Write), src,
            draw.Chance(30) ? 0f : draw.Scalar(partitions),
            command == ReduceCommand.Idle ? null
                : VectorReduction.Result(draw, partitions, draw.Any<Exponential>("reduce_res")),
            command, command == ReduceCommand.LoadReduce ? draw.Scalar(partitions) : 0f);
    }
}
