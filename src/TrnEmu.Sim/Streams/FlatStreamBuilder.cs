using System.Runtime.CompilerServices;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Sim.Streams;

/// <summary>Expands a program's operations into the arrays of a <see cref="FlatStream"/>.</summary>
internal sealed class FlatStreamBuilder : IDisposable
{
    private const int MaxCores = 12;
    private const int MaxQueues = 64;
    private static readonly Instruction[] Synchronise = [new Instruction(CostClass.Register, 1, default)];

    private readonly Program _program;
    private readonly int _generation;
    private readonly int[] _entryBase;
    private readonly RecipeTable _recipes = new();
    private readonly SemaphoreTable _semaphores;
    private readonly QueueTable _queues;
    private readonly TransferList _transfers;
    private readonly MeetingTable _meetings;
    private readonly LaneBuilder[] _lanes;
    private readonly List<Diagnostic> _findings = [];

    public FlatStreamBuilder(Program program, int generation)
    {
        _program = program;
        _generation = generation;
        _entryBase = new int[program.Cores.Count + 1];
        for (var c = 0; c < program.Cores.Count; c++)
            _entryBase[c + 1] = _entryBase[c] + program.Cores[c].Entries.Count;
        _semaphores = new SemaphoreTable(program.Cores.Count);
        _queues = new QueueTable(program.Cores.Count);
        _transfers = new TransferList(_semaphores);
        _meetings = new MeetingTable(program.Cores.Count);
        _lanes = [.. Enumerable.Range(0, program.Cores.Count * FlatStream.LanesPerCore)
            .Select(l => new LaneBuilder(FlatStream.EngineOf(l), _recipes, _semaphores))];
    }

    public FlatStream Build()
    {
        var sink = new ExpansionSink();
        for (var core = 0; core < _program.Cores.Count; core++)
        {
            var entries = _program.Cores[core].Entries.Span;
            for (var i = 0; i < entries.Length; i++) Add(core, _entryBase[core] + i, entries[i], sink);
        }

        CheckCounts();
        TrnException.ThrowIfErrors(FailureKind.BadInput, _findings);
        return Join();
    }

    public void Dispose()
    {
        foreach (var lane in _lanes) lane.Dispose();
        _transfers.Dispose();
    }

    private void CheckCounts()
    {
        var findings = new List<Diagnostic>();
        if (_program.Cores.Count > MaxCores)
            findings.Add(TooMany($"program has {_program.Cores.Count} cores, limit {MaxCores}"));
        if (_queues.Largest > MaxQueues)
            findings.Add(TooMany($"a core uses {_queues.Largest} DMA queues, limit {MaxQueues}"));
        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);
    }

    /// <summary>Most operations are an engine's own work and nothing else.</summary>
    private void Add(int core, int id, in Entry entry, ExpansionSink sink)
    {
        _queues.See(core, entry.Queue);
        if (entry.Engine == Engine.None)
        {
            ReportNotPlaced(entry.Operation);
            return;
        }

        sink.Begin(_program, entry.Engine, _generation);
        entry.Operation.Expand(sink);
        var instructions = sink.Instructions;
        if (instructions.Length == 0 || sink.HasTransfer || instructions[0].Class.IsOfAnyEngine())
            AddOther(core, id, entry, sink);
        else
            _lanes[FlatStream.LaneOf(core, entry.Engine)].Add(id, instructions, entry.Waits.Span, entry.Signals.Span);
    }

    /// <summary>Transfers, meetings, what needs no instruction; and control flow, which a program may not have here.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddOther(int core, int id, in Entry entry, ExpansionSink sink)
    {
        if (entry.Operation is IControlFlow)
        {
            Report(SimCodes.Loop, $"{entry.Operation.Info.Name} is in a program that is timed as it stands", entry.Operation.Span);
            return;
        }

        var instructions = sink.Instructions;
        if (instructions.Length == 0)
        {
            // What needs no instruction costs nothing, but somebody has to wait and signal.
            if (entry.Waits.Count + entry.Signals.Count == 0) return;
            instructions = Synchronise;
        }

        var lane = _lanes[FlatStream.LaneOf(core, entry.Engine)];
        var signals = sink.HasTransfer ? [] : entry.Signals.Span;
        if (entry.Operation is not IMeeting meeting)
        {
            lane.Add(id, instructions, entry.Waits.Span, signals);
        }
        else
        {
            // It arrives by signalling the other cores, and goes on when they have signalled.
            var arrivals = _meetings.Arrive(core, meeting.Point, out var others);
            lane.Add(id, Synchronise, entry.Waits.Span, arrivals.Span);
            lane.Add(id, instructions, new(in others), signals);
        }

        if (sink.HasTransfer) _transfers.Add(core, id, entry, sink.Moved, lane.LastTrigger);
    }

    private FlatStream Join()
    {
        var lanes = new LaneArrays(_lanes, _recipes, _transfers.Count > 0);
        _queues.Number();
        var transfers = _transfers.Join(_queues, lanes);
        return new FlatStream(_program)
        {
            EntryBase = _entryBase,
            LaneBase = lanes.Base,
            Works = _recipes.Works,
            WorkCounts = _recipes.WorkCounts(),
            WorkOf = lanes.WorkOf,
            Kinds = lanes.Kinds,
            EntryOf = lanes.EntryOf,
            TransferOfTrigger = lanes.TransferOf,
            WaitEnd = lanes.WaitEnd,
            WaitSemaphore = lanes.WaitSemaphore,
            WaitValue = lanes.WaitValue,
            SignalEnd = lanes.SignalEnd,
            SignalSemaphore = lanes.SignalSemaphore,
            SignalAmount = lanes.SignalAmount,
            Semaphores = _semaphores.Semaphores,
            Shapes = transfers.Shapes,
            ShapeOf = transfers.ShapeOf,
            Transfers = transfers.Transfers,
            TransferSignalSemaphore = transfers.SignalSemaphore,
            TransferSignalAmount = transfers.SignalAmount,
            QueueBase = _queues.Base,
            QueueSlots = Sums(_queues.Counts),
            QueueNumbers = _queues.Numbers,
        }.Resolved();
    }

    private static int[] Sums(int[] counts)
    {
        var sums = new int[counts.Length + 1];
        for (var i = 0; i < counts.Length; i++) sums[i + 1] = sums[i] + counts[i];
        return sums;
    }

    private static Diagnostic TooMany(string message) => Diagnostic.Error(SimCodes.TooMany, message, SourceSpan.None);

    private void ReportNotPlaced(Operation operation) =>
        Report(SimCodes.NotPlaced, $"{operation.Info.Name} is not placed on an engine", operation.Span);

    private void Report(DiagnosticCode code, string message, SourceSpan where) =>
        _findings.Add(Diagnostic.Error(code, message, where));
}
