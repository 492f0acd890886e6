using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Events;

/// <summary>Says which engines wait for what when nothing can happen any more.</summary>
internal static class Deadlock
{
    /// <summary>Throws when some engine has instructions left.</summary>
    /// <exception cref="TrnException">One finding with a note for each further engine that is stuck.</exception>
    public static void ThrowIfStuck(FlatStream stream, EventLoop loop)
    {
        var notes = new List<DiagnosticNote>();
        for (var index = 0; index < loop.Lanes.Length; index++)
        {
            if (loop.Lanes[index].Next < loop.Lanes[index].End) notes.Add(Describe(stream, loop, index));
        }

        if (notes.Count == 0) return;
        throw new TrnException(FailureKind.Fault, Diagnostic.Error(
            FaultCodes.Deadlock, notes[0].Message, notes[0].Where, [.. notes.Skip(1)]));
    }

    private static DiagnosticNote Describe(FlatStream stream, EventLoop loop, int index)
    {
        ref readonly var lane = ref loop.Lanes[index];
        var core = index / FlatStream.LanesPerCore;
        ref readonly var entry = ref stream.EntryAt(core, stream.EntryOf[lane.Next]);
        var number = stream.WaitSemaphore[lane.Wait];
        var semaphore = stream.Semaphores[number];
        var owner = semaphore.Core == core ? "" : FormattableString.Invariant($" of core {semaphore.Core}");
        var who = $"{entry.Operation.Info.Name} on the {FlatStream.EngineOf(index).Title()} engine";
        return new DiagnosticNote(
            entry.Operation.Span,
            FormattableString.Invariant($"{who} of core {core} waits for semaphore s{semaphore.Number}{owner} ")
            + FormattableString.Invariant($"to reach {stream.WaitValue[lane.Wait]}, it is {loop.Counts[number]} ")
            + "and nothing is left that signals it");
    }
}
