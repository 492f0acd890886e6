using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;

namespace TrnEmu.Eager;

/// <summary>Where the cores of an eager run wait for each other.</summary>
internal sealed class EagerMeetings(IProgram program)
{
    private readonly Entry?[] _waiting = new Entry?[program.CoreCount];

    /// <summary>The meeting at which a core waits.</summary>
    public Entry? this[int core] => _waiting[core];

    /// <summary>A core arrives; true when all stand at the same meeting, which nobody waits at any more then.</summary>
    /// <param name="core">The core.</param>
    /// <param name="entry">Its meeting.</param>
    /// <param name="all">Of each core, its half of the meeting, when it is complete.</param>
    /// <exception cref="TrnException">TRN3002: another core waits at another meeting; TRN2460: the halves do not fit.</exception>
    public bool Arrive(int core, in Entry entry, out Entry[] all)
    {
        _waiting[core] = entry;
        all = [];
        for (var other = 0; other < _waiting.Length; other++)
        {
            if (_waiting[other] is not { } half) return false;
            Check(core, entry.Operation, other, half.Operation);
        }

        all = [.. _waiting.Select(e => e!.Value)];
        Array.Clear(_waiting);
        return true;
    }

    /// <summary>The run ends: a core that still waits is stuck.</summary>
    /// <exception cref="TrnException">TRN3002.</exception>
    public void CheckNone()
    {
        for (var core = 0; core < _waiting.Length; core++)
        {
            if (_waiting[core] is { } entry)
                throw Stuck(core, entry.Operation, new DiagnosticNote(SourceSpan.None, FormattableString.Invariant($"core {1 - core} has come to its end")));
        }
    }

    private void Check(int core, Operation own, int other, Operation half)
    {
        if (core == other) return;
        if (((IMeeting)own).Point != ((IMeeting)half).Point)
        {
            throw Stuck(other, half, new DiagnosticNote(
                own.Span, FormattableString.Invariant($"core {core} stands at {own.Info.Name}")));
        }

        if (((IMeeting)own).Mismatch(half, program) is { } why)
            throw EagerFaults.Bad(Meetings.Unmatched, $"{own.Info.Name}: {why}", own.Span, new DiagnosticNote(half.Span, "its other half"));
    }

    private static TrnException Stuck(int core, Operation meeting, DiagnosticNote note) => EagerFaults.Fault(
        FaultCodes.Deadlock, FormattableString.Invariant($"core {core} waits at {meeting.Info.Name} for the other core, which does not come"),
        meeting.Span, note);
}
