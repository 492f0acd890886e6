using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>What the DMA engines have to move: rows, their bytes, and how many pieces each falls into.</summary>
internal static class DmaWork
{
    /// <summary>Rows are the partitions of the SBUF side (of dst, when both or none are in SBUF).</summary>
    public static DmaTransfer Transfer(Program program, in AccessPattern dst, in AccessPattern src, DmaKind kind)
    {
        var (to, from) = (program.TensorOf(dst), program.TensorOf(src));
        var (side, tensor) = to.Space != MemorySpace.Sbuf && from.Space == MemorySpace.Sbuf ? (src, from) : (dst, to);
        var runs = Math.Max(Runs(dst, to.Space), Runs(src, from.Space));
        var start = tensor.Space == MemorySpace.Sbuf ? side.StartPartition + (tensor.Address?.Partition ?? 0) : 0;
        return new DmaTransfer(
            from.Space, to.Space, start, side.Partitions, src.Elements * src.DType.Size() / side.Partitions,
            (int)Math.Max(1, (runs + side.Partitions - 1) / side.Partitions), src.DType, kind);
    }

    /// <summary>
    /// Contiguous runs of all elements of a pattern, in pattern order. Rows of HBM that follow one another join;
    /// indexed rows and partitions of SBUF never do.
    /// </summary>
    public static long Runs(in AccessPattern p, MemorySpace space)
    {
        var run = FreeElements.RunLength(p);
        var rowsJoin = space == MemorySpace.Hbm && !DmaRules.IsVector(p) && run == p.Free && p.PartitionStep == run;
        return rowsJoin ? 1 : p.Elements / run;
    }
}
