using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class NcMatchReplace8Operands : IOperands<NcMatchReplace8>
{
    public NcMatchReplace8 Make(Draw draw)
    {
        var (dst, type) = draw.Pair<NcMatchReplace8>("dst", "data");
        var (partitions, free) = Eight.Shape(draw);
        var data = draw.Tile(draw.OnChip(), type, partitions, free);
        var vals = draw.Tile(draw.OnChip(), draw.Chance(50) ? type : draw.Any(), partitions, Eight.Values);
        Eight.Fill(draw, data, vals);
        AccessPattern? places = draw.Chance(60)
            ? draw.Tile(draw.OnChip(), draw.Any<NcMatchReplace8>("dst_idx"), partitions, Eight.Values, Use.Write)
            : null;
        return new NcMatchReplace8(
            draw.Tile(draw.OnChip(), dst, partitions, free, Use.Write), data, vals,
            draw.Number(), places);
    }
}
