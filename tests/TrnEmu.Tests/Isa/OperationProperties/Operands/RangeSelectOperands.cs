using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class RangeSelectOperands : IOperands<RangeSelect>
{
    private static readonly AluOp[] Comparisons =
        [AluOp.Equal, AluOp.Less, AluOp.LessEqual, AluOp.Greater, AluOp.GreaterEqual];

    public RangeSelect Make(Draw draw)
    {
        var (dst, type) = draw.Pair<RangeSelect>("dst", "on_true_tile");
        var (partitions, free) = draw.Shape();
        var data = draw.Tile(draw.OnChip(), type, partitions, free);
        var first = draw.Chance(85) ? draw.Int(-20, 100) : draw.Int(-(1 << 24) + 1, (1 << 24) - free);
        var command = VectorReduction.Command(
            draw, data, ReduceCommand.ResetReduce, ReduceCommand.ResetReduce, ReduceCommand.Reduce, ReduceCommand.Idle,
            ReduceCommand.Reset);
        return new RangeSelect(
            draw.Tile(draw.OnChip(), dst, partitions, free, Use.Write), data, draw.Of(Comparisons),
            draw.Of(Comparisons), Bound(draw, partitions, first, free), Bound(draw, partitions, first, free), command,
            command == ReduceCommand.Idle ? null
                : VectorReduction.Result(draw, partitions, draw.Any<RangeSelect>("reduce_res")),
            RangeStart: first);
    }

    /// <summary>Mostly near the indices of the elements, whole numbers more often than not.</summary>
    private static AccessPattern Bound(Draw draw, int partitions, int first, int free)
    {
        var column = draw.Column(draw.OnChip(), DType.Fp32, partitions);
        if (draw.Chance(85))
        {
            draw.Put(column, Enumerable.Range(0, partitions).Select(_ =>
                Numbers.Encode(DType.Fp32, first + draw.Int(-2, free + 1) + draw.Of(0, 0, 0.5))));
        }

        return column;
    }
}
