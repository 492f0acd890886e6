using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>Where an operand lies, and how.</summary>
internal static class Layouts
{
    public const string Strided = "strided";
    public const string Broadcast = "broadcast";
    public const string Odd = "odd";
    private const int QuadrantPartitions = 32;

    /// <summary>Quadrant of the first partition; null in HBM.</summary>
    public static int? Quadrant(Program program, in AccessPattern p)
    {
        var tensor = program.TensorOf(p);
        if (tensor.Space == MemorySpace.Hbm) return null;
        return (tensor.Address!.Value.Partition + p.StartPartition) / QuadrantPartitions;
    }

    /// <summary>
    /// Elements with gaps between them or in another order than memory's, elements that repeat, an odd first byte, an
    /// index for each element.
    /// </summary>
    public static IEnumerable<string> Of(Program program, AccessPattern p)
    {
        (int Count, int Stride)[] levels =
            [(p.Count3, p.Stride3), (p.Count2, p.Stride2), (p.Count1, p.Stride1), (p.Count0, p.Stride0)];
        var contiguous = 1;
        foreach (var (count, stride) in levels.Where(l => l.Count > 1))
        {
            if (stride == 0) yield return Broadcast;
            else if (stride != contiguous) yield return Strided;
            contiguous *= count;
        }

        var tensor = program.TensorOf(p);
        if (((tensor.Address?.Byte ?? 0) + p.Offset) % 2 != 0) yield return Odd;
    }
}
