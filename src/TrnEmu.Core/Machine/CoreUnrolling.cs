using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Machine;

/// <summary>
/// Unrolls one core. A barrier: each engine arrives, which says that it has completed what came before; the engine of
/// the loop waits for all of them and for every DMA, takes the branch, and lets the others take theirs.
/// </summary>
internal sealed class CoreUnrolling
{
    private readonly CoreProgram _core;
    private readonly PathWalker _walker;
    private readonly long _maxEntries;
    private readonly Engine[] _engines;
    private readonly Semaphore _arrived;
    private readonly Semaphore _released;
    private readonly Semaphore _written;
    private readonly List<Entry> _straight = [];
    private readonly Dictionary<int, Entry> _transfers = [];
    private readonly LocalCounts _counts = new();
    private int _barriers;
    private int _transferCount;

    /// <summary>Prepares to follow the path; barriers take the three semaphores behind those that the core has.</summary>
    public CoreUnrolling(Program program, int core, IReadOnlyList<LoopTrips> path, long maxEntries)
    {
        _core = program.Cores[core];
        _maxEntries = maxEntries;
        _walker = PathWalker.Along(_core.Entries, path);
        _engines = [.. _core.Entries.Select(e => e.Engine).Distinct().Where(e => e != Engine.None).Order()];
        var free = SemaphoreNumbers.FirstFree(program, core);
        _arrived = new Semaphore(core, free);
        _released = new Semaphore(core, free + 1);
        _written = new Semaphore(core, free + 2);
    }

    /// <summary>The core without loops.</summary>
    /// <exception cref="TrnException">TRN3006: more entries than the limit.</exception>
    public CoreProgram Run()
    {
        for (var i = 0; i < _core.Entries.Count;)
        {
            var next = _walker.After(i, out var began);
            if (_core.Entries[i].Operation is IControlFlow) Barrier(_core.Entries[i], began);
            else Add(i);
            if (_straight.Count > _maxEntries) throw TooLong(_core.Entries[i].Operation);
            i = next;
        }

        return new CoreProgram { Entries = EquatableArray.Create<Entry>(_straight.ToArray()) };
    }

    private void Add(int index)
    {
        var entry = _core.Entries[index];
        if (entry.Operation.Info.Attribute.IsDma)
        {
            // Its own signals need not tell all of it, so that the barrier has one that does.
            if (!_transfers.TryGetValue(index, out entry))
                _transfers.Add(index, entry = Watched(_core.Entries[index]));
            _transferCount++;
        }

        if (_walker.Depth > 0) entry = _counts.Absolute(entry);
        _straight.Add(entry);
    }

    private Entry Watched(in Entry transfer) =>
        transfer with { Signals = [.. transfer.Signals.Span, new Signal(_written, Limits.DmaEngines)] };

    private void Barrier(in Entry control, Iteration? began)
    {
        var span = control.Operation.Span;
        _barriers++;
        _counts.Reset();
        foreach (var engine in _engines)
            _straight.Add(new Entry(new Arrive { Span = span }, engine, Signals: [new Signal(_arrived, 1)]));
        EquatableArray<Wait> all = _transferCount == 0
            ? [new Wait(_arrived, _barriers * _engines.Length)]
            : [new Wait(_arrived, _barriers * _engines.Length), new Wait(_written, _transferCount * Limits.DmaEngines)];
        var branch = new Branch(began?.Register, began?.Value ?? 0) { Span = span };
        _straight.Add(new Entry(branch, control.Engine, Waits: all, Signals: [new Signal(_released, 1)]));
        foreach (var engine in _engines)
        {
            if (engine == control.Engine) continue;
            _straight.Add(new Entry(new Branch { Span = span }, engine, Waits: [new Wait(_released, _barriers)]));
        }
    }

    private TrnException TooLong(Operation at) => new(FailureKind.BadInput, Diagnostic.Error(
        FaultCodes.TooLong,
        FormattableString.Invariant($"with its loops the program executes more than {_maxEntries} operations ")
        + $"(--max-instructions); the limit is reached at {at.Info.Name}",
        at.Span));
}
