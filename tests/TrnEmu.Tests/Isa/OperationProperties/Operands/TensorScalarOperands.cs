using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class TensorScalarOperands : IOperands<TensorScalar>
{
    public TensorScalar Make(Draw draw)
    {
        draw.Engine = draw.Of(
            Engine.None, Engine.Vector, Engine.Vector, Engine.GpSimd, draw.Generation > 2 ? Engine.Scalar
                : Engine.Vector);
        var (to, from) = draw.Pair<TensorScalar>("dst", "data");
        var (partitions, free) = draw.Shape();
        if (draw.Engine is Engine.None or Engine.Vector && HeaderTypes.AreBits(to, from) && draw.Chance(50))
            return Bits(draw, partitions, free, to, from);
        var (op0, op1) = Ops(draw);
        ScalarOperand? second = op1 is { } op ? Operand(draw, op, partitions) : null;
        return new TensorScalar(
            draw.Tile(draw.OnChip(), to, partitions, free, Use.Write),
            draw.Tile(draw.OnChip(), from, partitions, free), op0, Operand(draw, op0, partitions), draw.Chance(30), op1, second, op1 is not null && draw.Chance(30));
    }

    private static (AluOp Op0, AluOp? Op1) Ops(Draw draw) => draw.Engine switch
    {
        Engine.Scalar =>
            draw.Of<(AluOp, AluOp?)>((AluOp.Multiply, AluOp.Add), (AluOp.Multiply, null), (AluOp.Add, null)),
        Engine.GpSimd =>
            draw.Of<(AluOp, AluOp?)>((AluOp.Rsqrt, null), (AluOp.Add, AluOp.Rsqrt), (AluOp.Rsqrt, AluOp.Multiply)),
        _ => (One(draw), draw.Chance(60) ? One(draw) : null),
    };

    private static AluOp One(Draw draw) => draw.Chance(15) ? Operators.Unary(draw) : Operators.Arithmetic(draw);

    private static ScalarOperand Operand(Draw draw, AluOp op, int partitions) =>
        op.IsUnary() ? 0f : draw.Scalar(partitions);

    private static TensorScalar Bits(Draw draw, int partitions, int free, DType to, DType from)
    {
        var op0 = draw.Chance(15) ? AluOp.Invert : draw.Of(Operators.Bits);
        AluOp? op1 = draw.Chance(50) ? draw.Chance(15) ? AluOp.Invert : draw.Of(Operators.Bits) : null;
        ScalarOperand? second = op1 is { } op ? Mask(draw, op, from, partitions) : null;
        return new TensorScalar(
            draw.Tile(draw.OnChip(), to, partitions, free, Use.Write),
            draw.Tile(draw.OnChip(), from, partitions, free), op0, Mask(draw, op0, from, partitions),
            draw.Chance(30), op1, second, op1 is not null && draw.Chance(30));
    }

    private static ScalarOperand Mask(Draw draw, AluOp op, DType data, int partitions)
    {
        if (op == AluOp.Invert) return 0f;
        if (draw.Chance(50)) return draw.Column(draw.OnChip(), draw.Like(data), partitions);
        return draw.Chance(60) ? draw.Int(0, 33) : (double)draw.Random.NextInt64(int.MinValue, 1L << 32);
    }
}
