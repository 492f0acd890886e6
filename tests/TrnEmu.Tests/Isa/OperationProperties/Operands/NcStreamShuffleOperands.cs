using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class NcStreamShuffleOperands : IOperands<NcStreamShuffle>
{
    private const int Quadrant = 32;
    private const int Unmodified = 255;

    public NcStreamShuffle Make(Draw draw)
    {
        var dtype = draw.One<NcStreamShuffle>("dst");
        var free = draw.Shape().Free;
        var quadrants = draw.Of(1, 1, 2, 4);
        var (to, from) = (Rows(draw, quadrants), Rows(draw, quadrants));
        var inLast = (Math.Min(to, from) - 1) % Quadrant + 1;
        var readable = from / Quadrant == quadrants ? Quadrant : inLast;
        int[] mask = [.. Enumerable.Range(0, Quadrant).Select(_ =>
            draw.Chance(15) ? Unmodified : draw.Int(0, readable - 1))];
        return new NcStreamShuffle(
            draw.Tile(draw.OnChip(), dtype, to, free, Use.Write), draw.Tile(draw.OnChip(), dtype, from, free),
            EquatableArray.Create<int>(mask));
    }

    /// <summary>All partitions of the quadrants, or a part of the last one.</summary>
    private static int Rows(Draw draw, int quadrants) =>
        draw.Chance(70) ? Quadrant * quadrants : Quadrant * (quadrants - 1) + draw.Int(1, Quadrant);
}
