using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class Activate2Operands : IOperands<Activate2>
{
    private static readonly (AluOp Op0, AluOp Op1)[] Pairs =
    [
        (AluOp.Multiply, AluOp.Add), (AluOp.Multiply, AluOp.Subtract), (AluOp.Multiply, AluOp.Bypass),
        (AluOp.Add, AluOp.Bypass), (AluOp.Subtract, AluOp.Bypass), (AluOp.Bypass, AluOp.Bypass),
    ];

    public Activate2 Make(Draw draw)
    {
        var (dst, data) = draw.Pair<Activate2>("dst", "data");
        var (partitions, free) = draw.Shape();
        var (op0, op1) = draw.Of(Pairs);
        var command = draw.Of(
            ReduceCommand.Idle, ReduceCommand.Reset, ReduceCommand.Reduce, ReduceCommand.ResetReduce);
        AluOp? reduction = command == ReduceCommand.Idle ? null
            : draw.Of(AluOp.Add, AluOp.Add, AluOp.Maximum, AluOp.Minimum, AluOp.AbsMax, AluOp.AbsMin);
        AccessPattern? sums =
            draw.Chance(60) ? draw.Tile(draw.OnChip(), draw.Any(), partitions, 1, Use.Write) : null;
        var isSloped = draw.Chance(15);
        var column = draw.Any();
        return new Activate2(
            draw.Tile(draw.OnChip(), dst, partitions, free, Use.Write),
            isSloped ? ActivationFunction.Prelu : ActivationOperands.Function(draw),
            draw.Tile(draw.OnChip(), data, partitions, free), Operand(draw, op0 != AluOp.Bypass, column, partitions),
            Operand(draw, op1 != AluOp.Bypass, column, partitions), op0, op1,
            Operand(draw, isSloped, draw.Any(), partitions), op0 != AluOp.Bypass && draw.Chance(30),
            op1 != AluOp.Bypass && draw.Chance(30), reduction, sums, command);
    }

    private static ScalarOperand Operand(Draw draw, bool isUsed, DType column, int partitions)
    {
        if (!isUsed) return 0f;
        return draw.Chance(50) ? draw.Number() : draw.Column(draw.OnChip(), column, partitions);
    }
}
