using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class Rand2Operands : IOperands<Rand2>
{
    public Rand2 Make(Draw draw)
    {
        var (partitions, free) = draw.Shape();
        var dst = draw.Tile(draw.OnChip(), draw.One<Rand2>("dst"), partitions, free, Use.Write);
        Generators.Surround(draw, Engine.Vector, dst);
        var (min, max) = (Bound(draw), Bound(draw));
        if (min > max) (min, max) = (max, min);
        return new Rand2(dst, Operand(draw, min, partitions), Operand(draw, max, partitions));
    }

    private static float Bound(Draw draw) => draw.Chance(30) ? draw.Number() : draw.Int(-10, 300);

    private static ScalarOperand Operand(Draw draw, float immediate, int partitions) =>
        draw.Chance(60) ? immediate : draw.Column(draw.OnChip(), DType.Fp32, partitions);
}
