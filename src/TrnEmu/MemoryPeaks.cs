using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu;

/// <summary>The most that a core of a program needs of each memory at one time.</summary>
/// <param name="SbufBytesPerPartition">Largest sum of the bytes of the SBUF tensors that are live together, in each
/// partition.</param>
/// <param name="PsumBanks">Largest number of PSUM banks that are live together.</param>
/// <param name="HbmBytes">Bytes of all HBM tensors: they live as long as the program.</param>
public readonly record struct MemoryPeaks(long SbufBytesPerPartition, int PsumBanks, long HbmBytes)
{
    /// <summary>Measures a program; a tensor lives from the first operation that touches it to the last.</summary>
    public static MemoryPeaks Of(Program program, Chip chip, int core = 0)
    {
        var live = new LiveRanges(program, core);
        var bank = chip.PsumBankBytes.ToInt32();
        return new MemoryPeaks(
            Peak(program, core, live, MemorySpace.Sbuf, static t => t.BytesPerPartition),
            (int)Peak(program, core, live, MemorySpace.Psum, t => (t.BytesPerPartition + bank - 1) / bank),
            program.Tensors.Where(t => t.Space == MemorySpace.Hbm).Sum(t => t.Bytes));
    }

    private static long Peak(Program program, int core, LiveRanges live, MemorySpace space, Func<Tensor, long> size)
    {
        var change = new long[program.Cores[core].Entries.Count + 1];
        foreach (var tensor in program.Tensors)
        {
            var (first, last) = live[tensor.Id];
            if (tensor.Space != space || first < 0) continue;
            change[first] += size(tensor);
            change[last + 1] -= size(tensor);
        }

        long now = 0, peak = 0;
        foreach (var step in change) peak = Math.Max(peak, now += step);
        return peak;
    }
}
