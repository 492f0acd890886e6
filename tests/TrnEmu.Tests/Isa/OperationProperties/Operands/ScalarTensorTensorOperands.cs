using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class ScalarTensorTensorOperands : IOperands<ScalarTensorTensor>
{
    public ScalarTensorTensor Make(Draw draw)
    {
        var (to, from) = draw.Pair<ScalarTensorTensor>("dst", "data");
        var (partitions, free) = draw.Shape();
        var op0 = draw.Chance(15) ? Operators.Unary(draw) : Operators.Arithmetic(draw);
        ScalarOperand operand0 = op0.IsUnary() ? 0f : draw.Chance(40) ? draw.Column(draw.OnChip(), draw.Any(), partitions) : draw.Scalar(partitions);
        return new ScalarTensorTensor(
            draw.Tile(draw.OnChip(), to, partitions, free, Use.Write),
            draw.Tile(draw.OnChip(), from, partitions, free),
            op0, operand0, Operators.Arithmetic(draw),
            draw.Tile(draw.OnChip(), draw.Any(), partitions, free), draw.Chance(30), draw.Chance(30));
    }
}
