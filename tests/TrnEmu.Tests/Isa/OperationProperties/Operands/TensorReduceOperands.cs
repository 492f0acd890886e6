using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class TensorReduceOperands : IOperands<TensorReduce>
{
    private static readonly AluOp[] Arithmetic =
        [AluOp.Add, AluOp.Multiply, AluOp.Maximum, AluOp.Minimum, AluOp.LogicalAnd, AluOp.LogicalOr, AluOp.LogicalXor];

    public TensorReduce Make(Draw draw)
    {
        var (to, from) = draw.Pair<TensorReduce>("dst", "data");
        var (partitions, free) = draw.Shape();
        var isBits = HeaderTypes.AreBits(to, from) && draw.Chance(50);
        var data = draw.Tile(draw.OnChip(), from, partitions, free);
        int[] counts = [data.Count3, data.Count2, data.Count1, data.Count0];
        var axes = draw.Int(1, 4);
        var kept = counts.Skip(axes).Aggregate(1, (product, count) => product * count);
        int[] axis = [.. Enumerable.Range(1, axes).Select(i => -i)];
        draw.Random.Shuffle(axis);
        return new TensorReduce(
            draw.Tile(draw.OnChip(), to, partitions, kept, Use.Write),
            isBits ? draw.Of(AluOp.BitwiseAnd, AluOp.BitwiseOr, AluOp.BitwiseXor) : draw.Of(Arithmetic), data,
            EquatableArray.Create<int>(axis), !isBits && draw.Chance(30), draw.Chance(50));
    }
}
