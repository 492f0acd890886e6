using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class DropoutOperands : IOperands<Dropout>
{
    public Dropout Make(Draw draw)
    {
        var dtype = draw.One<Dropout>("data");
        var (partitions, free) = draw.Shape();
        var data = draw.Tile(draw.OnChip(), dtype, partitions, free);
        Generators.Surround(draw, Engine.Vector, data);
        return new Dropout(
            draw.Tile(draw.OnChip(), dtype, partitions, free, Use.Write), data, Odds(draw, dtype, partitions));
    }

    /// <summary>Mostly between 0 and 1.</summary>
    private static ScalarOperand Odds(Draw draw, DType data, int partitions)
    {
        if (draw.Chance(40)) return draw.Chance(80) ? draw.Random.NextSingle() : draw.Of(0f, 1f, draw.Number());
        var dtype = data.IsInteger() ? DType.Fp32 : draw.Float();
        var column = draw.Column(draw.OnChip(), dtype, partitions);
        if (draw.Chance(80))
        {
            draw.Put(column, Enumerable.Range(0, partitions).Select(_ =>
                Numbers.Encode(dtype, draw.Random.NextDouble())));
        }

        return column;
    }
}
