using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>
/// What verification asks of the loops of a program as a whole: each has an end, and waits and signals meet between two
/// barriers of one loop, or outside of all loops.
/// </summary>
public static class LoopNesting
{
    /// <summary>TRN2455 and TRN2457 of all cores.</summary>
    public static IReadOnlyList<Diagnostic> Findings(Program program)
    {
        var findings = new List<Diagnostic>();
        for (var core = 0; core < program.Cores.Count; core++)
        {
            var ends = new LoopEnds(program.Cores[core].Entries.Span);
            findings.AddRange(ends.Findings);
            if (ends.Findings.Count == 0 && ends.Count > 0) new LoopSemaphores(program, core).Check(findings);
        }

        return findings;
    }
}
