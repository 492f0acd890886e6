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
        var isSource = to.Space != MemorySpace.Sbuf && from.Space == MemorySpace.Sbuf;
        ref readonly var side = ref isSource ? ref src : ref dst;
        var tensor = isSource ? from : to;
        var start = tensor.Space == MemorySpace.Sbuf ? side.StartPartition + (tensor.Address?.Partition ?? 0) : 0;
        return new DmaTransfer(
            from.Space, to.Space, start, side.Partitions, src.Elements * src.DType.Size() / side.Partitions,
            RunsPerRow(program, dst, src, side.Partitions), src.DType, kind,
            HbmPitch: from.Space == MemorySpace.Hbm ? Pitch(src) : to.Space == MemorySpace.Hbm ? Pitch(dst) : 0);
    }

    private static long Pitch(in AccessPattern p) =>
        DmaRules.IsVector(p) || p.Partitions < 2 || p.PartitionStep == p.Free
            ? 0 : Math.Abs(p.PartitionStep) * p.DType.Size();

    /// <summary>
    /// Sources that are added on the way, read one after the other: as long as a copy of all their bytes. Rows are those
    /// of dst in SBUF, else of the first source there.
    /// </summary>
    public static DmaTransfer Sum(Program program, in AccessPattern dst, ReadOnlySpan<AccessPattern> sources)
    {
        var lead = 0;
        for (var i = sources.Length - 1; i >= 0; i--)
        {
            if (program.SpaceOf(sources[i]) == MemorySpace.Sbuf) lead = i;
        }

        var sum = Transfer(program, dst, sources[lead], DmaKind.Sum);
        var (bytes, read, runs) = (0L, 0L, 0);
        foreach (ref readonly var source in sources)
        {
            var one = source.Elements * source.DType.Size() / sum.Rows;
            bytes += one;
            if (program.SpaceOf(source) == MemorySpace.Hbm) read += one;
            runs += RunsPerRow(program, dst, source, sum.Rows);
        }

        var written = sum.Destination == MemorySpace.Hbm ? dst.Elements * dst.DType.Size() / sum.Rows : 0;
        return sum with { RowBytes = bytes, RunsPerRow = runs, HbmRead = read, HbmWritten = written };
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

    private static int RunsPerRow(Program program, in AccessPattern dst, in AccessPattern src, int rows)
    {
        var runs = Math.Max(Runs(dst, program.SpaceOf(dst)), Runs(src, program.SpaceOf(src)));
        return (int)Math.Max(1, (runs + rows - 1) / rows);
    }
}
