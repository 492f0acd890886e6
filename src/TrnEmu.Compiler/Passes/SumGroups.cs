using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Finds additions to PSUM elements that hold no sum in programs that come as text; a front end that records a kernel
/// finds them while it does. From generation 4 any written element can be added to, and there is nothing to find.
/// </summary>
internal static class SumGroups
{
    private const int FirstGenerationThatAddsToAnything = 4;

    /// <summary>TRN2110 for every operation that adds to what no matmul wrote.</summary>
    public static IReadOnlyList<Diagnostic> Findings(Program program, Chip chip)
    {
        if (chip.Generation >= FirstGenerationThatAddsToAnything) return [];
        var findings = new List<Diagnostic>();
        for (var core = 0; core < program.Cores.Count; core++) findings.AddRange(Of(program, core, chip));
        return findings;
    }

    private static IReadOnlyList<Diagnostic> Of(Program program, int core, Chip chip)
    {
        var ranges = new LiveRanges(program, core);
        var ends = program.Tensors.Where(t => t.Space == MemorySpace.Psum).OrderBy(t => ranges[t.Id].Last).ToArray();
        var sums = new AccumulationResolver(program.Tensors, chip.Generation);
        var entries = program.Cores[core].Entries.Span;
        var ended = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            sums.Resolve(entries[i].Operation);
            for (; ended < ends.Length && ranges[ends[ended].Id].Last <= i; ended++) sums.Forget(ends[ended].Id);
        }

        return sums.Findings;
    }
}
