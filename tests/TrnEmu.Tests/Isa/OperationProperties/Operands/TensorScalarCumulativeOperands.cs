using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class TensorScalarCumulativeOperands : IOperands<TensorScalarCumulative>
{
    public TensorScalarCumulative Make(Draw draw)
    {
        var (dst, type) = draw.Pair<TensorScalarCumulative>("dst", "src");
        var (partitions, free) = draw.Shape();
        var src = draw.Tile(draw.OnChip(), type, partitions, free);
        var command = VectorReduction.Command(
            draw, src, ReduceCommand.ResetReduce, ReduceCommand.LoadReduce, ReduceCommand.Reduce);
        ScalarOperand? initial = command == ReduceCommand.LoadReduce ? draw.Scalar(partitions) : null;
        return new TensorScalarCumulative(
            draw.Tile(draw.OnChip(), dst, partitions, free, Use.Write), src, Operators.Arithmetic(draw),
            draw.Of(AluOp.Add, AluOp.Subtract, AluOp.Multiply, AluOp.Maximum, AluOp.Minimum), draw.Scalar(partitions),
            initial, command);
    }
}
