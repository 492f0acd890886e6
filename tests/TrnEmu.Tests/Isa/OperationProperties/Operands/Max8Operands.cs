using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class Max8Operands : IOperands<Max8>
{
    public Max8 Make(Draw draw)
    {
        var (dst, src) = draw.Pair<Max8>("dst", "src");
        var (partitions, free) = Eight.Shape(draw);
        return new Max8(
            draw.Tile(draw.OnChip(), dst, partitions, Eight.Values, Use.Write),
            draw.Tile(draw.OnChip(), src, partitions, free));
    }
}
