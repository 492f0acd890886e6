using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;

namespace TrnEmu.Sim.Streams;

/// <summary>Makes the arrays of a <see cref="FlatStream"/>: expands a program, then fills arrays of that size.</summary>
internal sealed class FlatStreamBuilder
{
    private const int MaxCores = 12;
    private const int MaxQueues = 64;

    private readonly Program _program;
    private readonly ExpandedProgram _expanded;
    private readonly QueueTable _queues;
    private readonly SemaphoreTable _semaphores;
    private readonly MeetingTable _meetings;
    private readonly LaneFiller _lanes;
    private readonly int[] _entryBase;
    private readonly FlatTransfer[] _transfers;
    private readonly int[] _shapeOf;
    private readonly int[] _transferSignalSemaphore;
    private readonly long[] _transferSignalAmount;
    private int _transfer;
    private int _transferSignal;

    private FlatStreamBuilder(Program program, QueueTable queues, ExpandedProgram expanded)
    {
        _program = program;
        _expanded = expanded;
        _queues = queues;
        _semaphores = new SemaphoreTable(program.Cores.Count);
        _meetings = new MeetingTable(program.Cores.Count);
        _lanes = new LaneFiller(expanded, _semaphores);
        _entryBase = new int[program.Cores.Count + 1];
        for (var c = 0; c < program.Cores.Count; c++)
            _entryBase[c + 1] = _entryBase[c] + program.Cores[c].Entries.Count;
        _transfers = new FlatTransfer[expanded.Transfers];
        _shapeOf = new int[expanded.Transfers];
        _transferSignalSemaphore = new int[expanded.TransferSignals];
        _transferSignalAmount = new long[expanded.TransferSignals];
    }

    /// <summary>Flattens a program.</summary>
    /// <exception cref="TrnException">As <see cref="FlatStream.Build"/> says.</exception>
    public static FlatStream Build(Program program, int generation)
    {
        var queues = new QueueTable(program);
        CheckCounts(program, queues);
        using var expanded = ExpandedProgram.Of(program, generation);
        var builder = new FlatStreamBuilder(program, queues, expanded);
        for (var core = 0; core < program.Cores.Count; core++)
        {
            var entries = program.Cores[core].Entries.Span;
            for (var i = 0; i < entries.Length; i++) builder.Fill(core, builder._entryBase[core] + i, entries[i]);
        }

        return builder.Join();
    }

    private static void CheckCounts(Program program, QueueTable queues)
    {
        var findings = new List<Diagnostic>();
        if (program.Cores.Count > MaxCores)
            Report($"program has {program.Cores.Count} cores, limit {MaxCores}");
        if (queues.Largest > MaxQueues)
            Report($"a core uses {queues.Largest} DMA queues, limit {MaxQueues}");
        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);

        void Report(string message) => findings.Add(Diagnostic.Error(SimCodes.TooMany, message, SourceSpan.None));
    }

    private void Fill(int core, int id, in Entry entry)
    {
        var head = _expanded.Log.NextHead();
        if (head.Instructions == 0) return;
        var lane = core * FlatStream.LanesPerCore + (int)entry.Engine - 1;
        scoped var waits = entry.Waits.Span;
        Wait others;
        if (head.IsMeeting)
        {
            // It arrives by signalling the other cores, and goes on when they have signalled.
            var arrivals = _meetings.Arrive(core, ((IMeeting)entry.Operation).Point, out others);
            _lanes.Add(lane, id, instructions: 1, waits, arrivals.Span, transfer: -1);
            waits = new(in others);
        }

        if (!head.HasTransfer)
        {
            _lanes.Add(lane, id, head.Instructions, waits, entry.Signals.Span, transfer: -1);
            return;
        }

        // The transfer keeps the signals for itself.
        _lanes.Add(lane, id, head.Instructions, waits, [], _transfer);
        AddTransfer(core, id, entry);
    }

    private void AddTransfer(int core, int id, in Entry entry)
    {
        var shape = _shapeOf[_transfer] = _expanded.Log.Next();
        var first = _transferSignal;
        foreach (ref readonly var signal in entry.Signals.Span)
        {
            _transferSignalSemaphore[_transferSignal] = _semaphores.NumberOf(signal.Semaphore);
            _transferSignalAmount[_transferSignal++] = signal.Amount;
        }

        _transfers[_transfer++] = new FlatTransfer(
            _expanded.Shapes[shape], core, entry.Engine, _queues.Add(core, entry.Queue), id, first, _transferSignal);
    }

    private FlatStream Join() => new FlatStream(_program)
    {
        EntryBase = _entryBase,
        LaneBase = _lanes.Base,
        Works = _expanded.Works.Works,
        WorkCounts = _expanded.Works.Counts,
        WorkOf = _lanes.WorkOf,
        Kinds = _lanes.Kinds,
        EntryOf = _lanes.EntryOf,
        TransferOf = _lanes.TransferOf,
        WaitEnd = _lanes.WaitEnd,
        WaitSemaphore = _lanes.WaitSemaphore,
        WaitValue = _lanes.WaitValue,
        SignalEnd = _lanes.SignalEnd,
        SignalSemaphore = _lanes.SignalSemaphore,
        SignalAmount = _lanes.SignalAmount,
        Semaphores = _semaphores.Semaphores,
        Shapes = _expanded.Shapes.Shapes,
        ShapeOf = _shapeOf,
        Transfers = _transfers,
        TransferSignalSemaphore = _transferSignalSemaphore,
        TransferSignalAmount = _transferSignalAmount,
        QueueBase = _queues.Base,
        QueueSlots = Sums(_queues.Counts),
        QueueNumbers = _queues.Numbers,
    }.Resolved();

    private static int[] Sums(int[] counts)
    {
        var sums = new int[counts.Length + 1];
        for (var i = 0; i < counts.Length; i++) sums[i + 1] = sums[i] + counts[i];
        return sums;
    }
}
