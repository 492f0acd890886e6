using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class TensorScalarReduceOperands : IOperands<TensorScalarReduce>
{
    public TensorScalarReduce Make(Draw draw)
    {
        var (dst, type) = draw.Pair<TensorScalarReduce>("dst", "data");
        var (partitions, free) = draw.Shape();
        var data = draw.Tile(draw.OnChip(), type, partitions, free);
        var command = VectorReduction.Command(
            draw, data, ReduceCommand.ResetReduce, ReduceCommand.ResetReduce, ReduceCommand.LoadReduce,
            ReduceCommand.Reduce);
        ScalarOperand? initial = command == ReduceCommand.LoadReduce ? draw.Scalar(partitions) : null;
        var op = draw.Chance(15) ? Operators.Unary(draw) : Operators.Arithmetic(draw);
        return new TensorScalarReduce(
            draw.Tile(draw.OnChip(), dst, partitions, free, Use.Write), data, op,
            op.IsUnary() ? 0f : draw.Scalar(partitions),
            draw.Of(AluOp.Add, AluOp.Multiply, AluOp.Maximum, AluOp.Minimum),
            VectorReduction.Result(draw, partitions, draw.Any()), draw.Chance(20), command, initial, draw.Chance(40));
    }
}
