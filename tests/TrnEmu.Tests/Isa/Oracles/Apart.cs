using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>What DMA engines, which have no order among them, read and write within one tensor.</summary>
internal static class Apart
{
    /// <summary>No byte is read and written, but perhaps where all are the same, one by one.</summary>
    /// <exception cref="OracleFault">Some byte is.</exception>
    public static void Check(OracleMachine machine, AccessPattern[] dst, AccessPattern[] src, bool mayBeSame)
    {
        if (dst.Length == 0 || src.Length == 0 || dst[0].Tensor != src[0].Tensor) return;
        var (written, read) = (Bytes(machine, dst), Bytes(machine, src));
        if (written.Intersect(read).Any() && !(mayBeSame && written.SequenceEqual(read)))
            throw new OracleFault(FaultCodes.DmaOverlap);
    }

    private static long[] Bytes(OracleMachine machine, AccessPattern[] patterns) =>
        [.. patterns.SelectMany(p => machine.PlacesOf(p).SelectMany(at => Enumerable.Range(0, p.DType.Size()).Select(k => at + k)))];
}
