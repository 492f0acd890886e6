using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class ReciprocalOperands : IOperands<Reciprocal>
{
    public Reciprocal Make(Draw draw)
    {
        var (partitions, free) = draw.Shape();
        return new Reciprocal(
            draw.Tile(draw.OnChip(), draw.Any(), partitions, free, Use.Write),
                draw.Tile(draw.OnChip(), draw.Any(), partitions, free));
    }
}
