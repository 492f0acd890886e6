using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class BnAggrOperands : IOperands<BnAggr>
{
    private const int SetSize = 3;

    public BnAggr Make(Draw draw)
    {
        var (dst, type) = draw.Pair<BnAggr>("dst", "data");
        var (partitions, free) = draw.Shape();
        var sets = Math.Max(1, free / SetSize);
        var data = draw.Tile(draw.OnChip(), type, partitions, sets * SetSize);
        if (draw.Chance(60))
        {
            draw.Put(data, Enumerable.Range(0, partitions * sets).SelectMany(_ => new[]
            {
                Numbers.Encode(type, draw.Int(0, 256)), Values.Bits(draw.Random, type),
                Numbers.Encode(type, draw.Random.NextDouble() * 100),
            }));
        }

        return new BnAggr(draw.Tile(draw.OnChip(), dst, partitions, 2, Use.Write), data);
    }
}
