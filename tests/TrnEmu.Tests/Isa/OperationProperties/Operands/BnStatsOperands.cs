using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class BnStatsOperands : IOperands<BnStats>
{
    private const int Most = 512;
    private const int Statistics = 6;

    public BnStats Make(Draw draw)
    {
        var (dst, data) = draw.Pair<BnStats>("dst", "data");
        var (partitions, free) = draw.Shape(maxFree: Most);
        return new BnStats(
            draw.Tile(draw.OnChip(), dst, partitions, Statistics, Use.Write),
            draw.Tile(draw.OnChip(), data, partitions, free));
    }
}
