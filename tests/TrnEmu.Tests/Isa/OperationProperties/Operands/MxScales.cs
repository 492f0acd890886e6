using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

/// <summary>
/// Where the scales of an MX tensor lie: in four partitions of each quadrant of the data, from its first, 4th, 8th or
/// 12th on.
/// </summary>
internal static class MxScales
{
    private const int Quadrant = 32;
    private const int InQuadrant = 4;

    /// <summary>Partitions of the data: whole quadrants.</summary>
    public static int Partitions(Draw draw) => Quadrant * draw.Of(1, 1, 2, 3, 4);

    /// <summary>One for each column; all the rows that the data has, or as few as reach the last scale.</summary>
    public static AccessPattern Tile(Draw draw, DType dtype, in AccessPattern data, int columns, Use use)
    {
        var shift = draw.Chance(60) ? 0 : InQuadrant * draw.Int(1, 3);
        var least = data.Partitions - Quadrant + InQuadrant;
        var rows = draw.Chance(50) ? least : data.Partitions - shift;
        var at = draw.Tensors[data.Tensor].Address!.Value.Partition + data.StartPartition + shift;
        return draw.Tile(MemorySpace.Sbuf, dtype, rows, columns, use, at);
    }
}
