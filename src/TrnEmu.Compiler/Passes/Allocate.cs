using TrnEmu.Compiler.Passes.Spilling;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Gives SBUF and PSUM tensors their bytes for as long as they are used. A tensor takes its bytes on all partitions,
/// from partition 0 on, a legal start for any count. SBUF blocks are aligned to 64 bytes (a line of the host's cache
/// too), PSUM blocks to banks. Next fit first; where its holes leave no room, or addresses shall not rotate, first
/// fit. Where SBUF has no room for what lives, tensors are spilled (<see cref="SpillPlan"/>); PSUM has no DMA. Pinned
/// tensors keep their place, and nobody else gets it. Tensors that no operation touches lie at byte 0.
/// </summary>
public static class Allocate
{
    /// <summary>Bytes of which SBUF tensors start at a multiple.</summary>
    internal const int SbufAlignment = 64;

    /// <summary>The program with an address for every SBUF and PSUM tensor.</summary>
    /// <exception cref="TrnException">TRN4001: live tensors do not fit; TRN4002: a pinned one lies outside.</exception>
    public static Program Run(Program program, Chip chip, CompileOptions? options = null)
    {
        Addresses.Check(program.Tensors.Where(t => t.IsPinned), chip);
        options ??= new CompileOptions();
        for (var core = 0; core < program.Cores.Count; core++)
        {
            program = TryPlace(program, core, MemorySpace.Sbuf, chip, options, out var overflow);
            if (overflow is not null) program = Spill(program, core, chip, options);
            program = TryPlace(program, core, MemorySpace.Psum, chip, options, out overflow);
            if (overflow is not null) throw new TrnException(FailureKind.BadInput, overflow);
        }

        return program;
    }

    private static Program TryPlace(
        Program program, int core, MemorySpace space, Chip chip, CompileOptions options, out Diagnostic? overflow)
    {
        var (tensors, ranges) = (program.Tensors.Span.ToArray(), new LiveRanges(program, core));
        Tensor[] residents = [.. program.Tensors.Where(t => t.Space == space && t.Core == core)];
        overflow = Place(tensors, residents, ranges, space, chip, fromStart: !options.Rotate);
        if (overflow is not null && options.Rotate)
            overflow = Place(tensors, residents, ranges, space, chip, fromStart: true);
        return program with { Tensors = [.. tensors] };
    }

    private static Program Spill(Program program, int core, Chip chip, CompileOptions options)
    {
        var map = Map(MemorySpace.Sbuf, chip, fromStart: true);
        Reserve(map, program.Tensors.Where(t => t.Space == MemorySpace.Sbuf && t.Core == core));
        var plan = SpillPlan.Make(program, core, map, out var overflow);
        if (overflow is not null) throw new TrnException(FailureKind.BadInput, overflow);
        var (spilled, spills) = SpillRewriting.Run(program, core, plan);
        foreach (var warning in SpillWarning.Of(spills, chip)) options.Warn?.Invoke(warning);
        options.Spilled?.Invoke(SpillWarning.Counts(spills));
        return spilled;
    }

    private static void Reserve(MemoryMap map, IEnumerable<Tensor> residents)
    {
        foreach (var pinned in residents.Where(t => t.IsPinned))
            map.Reserve(pinned.Address!.Value.Byte, pinned.Address.Value.Byte + (int)pinned.BytesPerPartition);
    }

    private static MemoryMap Map(MemorySpace space, Chip chip, bool fromStart) => space == MemorySpace.Sbuf
        ? new MemoryMap(chip.SbufBytesPerPartition.ToInt32(), SbufAlignment, fromStart)
        : new MemoryMap(chip.PsumBytesPerPartition, chip.PsumBankBytes.ToInt32(), fromStart);

    private static Diagnostic? Place(
        Tensor[] tensors, Tensor[] residents, LiveRanges ranges, MemorySpace space, Chip chip, bool fromStart)
    {
        var map = Map(space, chip, fromStart);
        Reserve(map, residents);
        var ends = new PriorityQueue<int, int>();
        foreach (var tensor in residents.Where(t => !t.IsPinned).OrderBy(t => ranges[t.Id].First))
        {
            var (first, last) = ranges[tensor.Id];
            while (ends.TryPeek(out var ended, out var end) && end < first)
            {
                map.Release(ended);
                ends.Dequeue();
            }

            var start = first < 0 ? 0 : map.Place(tensor.Id, tensor.BytesPerPartition);
            if (start is null) return Overflow.Describe(tensor, residents, map, space, [.. map.Tensors]);
            tensors[tensor.Id] = tensor with { Address = new Address(0, start.Value) };
            if (first >= 0) ends.Enqueue(tensor.Id, last);
        }

        return null;
    }
}
