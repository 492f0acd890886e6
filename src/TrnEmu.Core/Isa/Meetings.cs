using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa;

/// <summary>Whether the cores of a program can meet, and whether they all stand at a meeting.</summary>
public static class Meetings
{
    /// <summary>A meeting that another core does not attend as it should.</summary>
    public static readonly DiagnosticCode Unmatched = new(
        "TRN2460", "meeting without its other half", "sendrecv and core_barrier need both NeuronCores of a logical core: each core waits at its "
        + "own until the other has arrived.",
        "Issue the same meetings on both cores, in the same order, with tiles of the same shape and dtype.");

    /// <summary>True when every core's next entry is a meeting at the point of this one.</summary>
    public static bool IsComplete(Program program, ReadOnlySpan<int> next, IMeeting meeting)
    {
        for (var core = 0; core < next.Length; core++)
        {
            var entries = program.Cores[core].Entries.Span;
            if (next[core] >= entries.Length || entries[next[core]].Operation is not IMeeting other || other.Point != meeting.Point)
                return false;
        }

        return true;
    }

    /// <summary>Meetings that have no other half, or one that does not fit.</summary>
    public static IReadOnlyList<Diagnostic> Findings(Program program)
    {
        var findings = new List<Diagnostic>();
        var byCore = program.Cores.Select(c => c.Entries.Select(e => e.Operation).Where(o => o is IMeeting)
            .GroupBy(o => ((IMeeting)o).Point).ToDictionary(g => g.Key, g => g.ToArray())).ToArray();
        for (var core = 0; core < byCore.Length; core++)
        {
            foreach (var (point, own) in byCore[core])
            {
                for (var other = 0; other < byCore.Length; other++)
                {
                    if (other != core) Compare(own, core, byCore[other].GetValueOrDefault(point, []), other, program, findings);
                }
            }
        }

        return findings;
    }

    private static void Compare(
        Operation[] own, int core, Operation[] others, int otherCore, Program program, List<Diagnostic> findings)
    {
        for (var i = 0; i < own.Length; i++)
        {
            var name = own[i].Info.Name;
            if (i >= others.Length)
            {
                findings.Add(Diagnostic.Error(
                    Unmatched, FormattableString.Invariant($"{name}: core {core} meets {own.Length} times here, core {otherCore} {others.Length} times"),
                    own[i].Span));
                return;
            }

            if (core < otherCore && ((IMeeting)own[i]).Mismatch(others[i], program) is { } why)
                findings.Add(Diagnostic.Error(Unmatched, $"{name}: {why}", own[i].Span, new DiagnosticNote(others[i].Span, "its other half")));
        }
    }
}
