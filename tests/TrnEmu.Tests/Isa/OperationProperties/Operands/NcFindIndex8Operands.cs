using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class NcFindIndex8Operands : IOperands<NcFindIndex8>
{
    public NcFindIndex8 Make(Draw draw)
    {
        var (dst, type) = draw.Pair<NcFindIndex8>("dst", "data");
        var (partitions, free) = Eight.Shape(draw);
        var data = draw.Tile(draw.OnChip(), type, partitions, free);
        var vals = draw.Tile(draw.OnChip(), draw.Chance(50) ? type : draw.Any(), partitions, Eight.Values);
        Eight.Fill(draw, data, vals);
        return new NcFindIndex8(draw.Tile(draw.OnChip(), dst, partitions, Eight.Values, Use.Write), data, vals);
    }
}
