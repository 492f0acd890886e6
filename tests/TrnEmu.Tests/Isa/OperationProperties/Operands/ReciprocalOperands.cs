using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class ReciprocalOperands : IOperands<Reciprocal>
{
    public Reciprocal Make(Draw draw)
    {
        var (to, from) = draw.Pair<Reciprocal>("dst", "data");
        var (partitions, free) = draw.Shape();
        return new Reciprocal(
            draw.Tile(draw.OnChip(), to, partitions, free, Use.Write),
            draw.Tile(draw.OnChip(), from, partitions, free));
    }
}
