using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Sim.Streams;

/// <summary>Expands a program's operations into the arrays of a <see cref="FlatStream"/>.</summary>
internal sealed class FlatStreamBuilder
{
    private const int MaxCores = 12;
    private const int MaxQueues = 64;
    private static readonly Instruction[] Synchronise = [new Instruction(CostClass.Register, 1, default)];

    private readonly Program _program;
    private readonly int _generation;
    private readonly LaneBuilder[] _lanes;
    private readonly int[] _entryBase;
    private readonly Dictionary<Semaphore, int> _semaphores = [];
    private readonly QueueTable _queues;
    private readonly MeetingTable _meetings;
    private readonly List<FlatTransfer> _transfers = [];
    private readonly List<Signal> _transferSignals = [];
    private readonly List<Diagnostic> _findings = [];

    public FlatStreamBuilder(Program program, int generation)
    {
        _program = program;
        _generation = generation;
        _lanes = [.. Enumerable.Range(0, program.Cores.Count * FlatStream.LanesPerCore).Select(_ => new LaneBuilder())];
        _entryBase = new int[program.Cores.Count + 1];
        for (var c = 0; c < program.Cores.Count; c++)
            _entryBase[c + 1] = _entryBase[c] + program.Cores[c].Entries.Count;
        _queues = new QueueTable(program);
        _meetings = new MeetingTable(program.Cores.Count);
    }

    public FlatStream Build()
    {
        CheckCounts();
        var sink = new ExpansionSink();
        for (var core = 0; core < _program.Cores.Count; core++)
        {
            var entries = _program.Cores[core].Entries.Span;
            for (var i = 0; i < entries.Length; i++) Add(core, _entryBase[core] + i, entries[i], sink);
        }

        TrnException.ThrowIfErrors(FailureKind.BadInput, _findings);
        return Join();
    }

    private void CheckCounts()
    {
        if (_program.Cores.Count > MaxCores)
            Report(SimCodes.TooMany, $"program has {_program.Cores.Count} cores, limit {MaxCores}", SourceSpan.None);
        if (_queues.Largest > MaxQueues)
            Report(SimCodes.TooMany, $"a core uses {_queues.Largest} DMA queues, limit {MaxQueues}", SourceSpan.None);
        TrnException.ThrowIfErrors(FailureKind.BadInput, _findings);
    }

    private void Add(int core, int id, in Entry entry, ExpansionSink sink)
    {
        if (entry.Engine == Engine.None)
        {
            Report(SimCodes.NotPlaced, $"{entry.Operation.Info.Name} is not placed on an engine", entry.Operation.Span);
            return;
        }

        if (entry.Operation is IControlFlow)
        {
            Report(SimCodes.Loop, $"{entry.Operation.Info.Name} is in a program that is timed as it stands", entry.Operation.Span);
            return;
        }

        sink.Begin(_program, entry.Engine, _generation);
        entry.Operation.Expand(sink);
        var instructions = sink.Instructions;
        if (instructions.Length == 0)
        {
            // What needs no instruction costs nothing, but somebody has to wait and signal.
            if (entry.Waits.Count + entry.Signals.Count == 0) return;
            instructions = Synchronise;
        }

        var transfer = -1;
        if (sink.Transfer is { } moved)
        {
            transfer = _transfers.Count;
            var first = _transferSignals.Count;
            _transferSignals.AddRange(entry.Signals.Span);
            _transfers.Add(new FlatTransfer(
                moved, core, entry.Engine, _queues.Add(core, entry.Queue), id, first, _transferSignals.Count));
        }

        var lane = _lanes[core * FlatStream.LanesPerCore + (int)entry.Engine - 1];
        if (entry.Operation is not IMeeting meeting)
        {
            lane.Add(id, entry, instructions, transfer);
            return;
        }

        // It arrives by signalling the other cores, and goes on when they have signalled.
        lane.Add(id, entry with { Signals = _meetings.Arrive(core, meeting.Point, out var others) }, Synchronise, transfer: -1);
        lane.Add(id, entry with { Waits = [others] }, instructions, transfer);
    }

    private FlatStream Join()
    {
        var waits = _lanes.SelectMany(l => l.Waits).ToArray();
        var signals = _lanes.SelectMany(l => l.Signals).ToArray();
        var waitSemaphores = Array.ConvertAll(waits, w => Number(w.Semaphore));
        var signalSemaphores = Array.ConvertAll(signals, s => Number(s.Semaphore));
        int[] transferSemaphores = [.. _transferSignals.Select(s => Number(s.Semaphore))];
        return new FlatStream(_program)
        {
            EntryBase = _entryBase,
            LaneBase = [0, .. Sums(_lanes.Select(l => l.Instructions.Count))],
            Instructions = [.. _lanes.SelectMany(l => l.Instructions)],
            Kinds = [.. _lanes.SelectMany(l => l.Kinds)],
            EntryOf = [.. _lanes.SelectMany(l => l.Entries)],
            TransferOf = [.. _lanes.SelectMany(l => l.Transfers)],
            WaitEnd = [.. Sums(_lanes.SelectMany(l => l.WaitCounts))],
            WaitSemaphore = waitSemaphores,
            WaitValue = Array.ConvertAll(waits, w => (long)w.Value),
            SignalEnd = [.. Sums(_lanes.SelectMany(l => l.SignalCounts))],
            SignalSemaphore = signalSemaphores,
            SignalAmount = Array.ConvertAll(signals, s => (long)s.Amount),
            Semaphores = [.. _semaphores.OrderBy(s => s.Value).Select(s => s.Key)],
            Transfers = [.. _transfers],
            TransferSignalSemaphore = transferSemaphores,
            TransferSignalAmount = [.. _transferSignals.Select(s => (long)s.Amount)],
            QueueBase = _queues.Base,
            QueueSlots = [0, .. Sums(_queues.Counts)],
            QueueNumbers = _queues.Numbers,
        };
    }

    private int Number(Semaphore semaphore)
    {
        if (_semaphores.TryGetValue(semaphore, out var number)) return number;
        _semaphores.Add(semaphore, _semaphores.Count);
        return _semaphores.Count - 1;
    }

    private static IEnumerable<int> Sums(IEnumerable<int> counts)
    {
        var sum = 0;
        foreach (var count in counts) yield return sum += count;
    }

    private void Report(DiagnosticCode code, string message, SourceSpan where) =>
        _findings.Add(Diagnostic.Error(code, message, where));
}
