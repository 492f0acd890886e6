using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>
/// What the engines of one core know to have completed: <see cref="Clock"/> and what semaphores prove, for programs
/// whose semaphores are used in the plain way, one signal provably after the other. Of anything else it says so, and
/// then nothing that it knows is to be relied on.
/// </summary>
internal sealed class Knowledge : IDisposable
{
    /// <summary>The order of steps that are in no engine's.</summary>
    public const byte NoEngine = 255;

    private const int Engines = (int)Engine.Sync + 1;
    private const short Barriers = Engines;
    private const int Lanes = 16, FirstLanes = 3 * Lanes;
    private const int LeastRows = 64;
    private const int MostRowInts = 1 << 22;
    private const int MostSemaphores = 1 << 14;

    private readonly int[] _issued = new int[Engines];
    private readonly int[] _rowOf = new int[Engines];
    private ProofStep[] _steps;
    private SignalLog[] _logs = new SignalLog[64];
    private int[] _known;
    private int[] _rows;
    private int _rowCount;
    private int _width = FirstLanes;
    private int _components = Barriers + 1;
    private int _lastRow;
    private int _base;
    private int _barriers;
    private byte _order;

    /// <summary>Nothing is known yet.</summary>
    /// <param name="steps">About how many steps there will be.</param>
    public Knowledge(int steps)
    {
        _steps = ArrayPool<ProofStep>.Shared.Rent(steps + 2);
        _known = new int[Engines * _width];
        _rowCount = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(steps + 2, LeastRows, MostRowInts / _width));
        _rows = ArrayPool<int>.Shared.Rent(_rowCount * _width);
    }

    /// <summary>The step at hand, numbered from 1.</summary>
    public int Current { get; private set; }

    /// <summary>True when a step is known to have completed before the one at hand starts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsComplete(int step)
    {
        ref readonly var s = ref _steps[step];
        return _known[_base + s.Component] >= s.Count;
    }

    /// <summary>True when a step completes before the one at hand does, in the order of its engine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsInOrder(int step) => _steps[step].Order == _order;

    /// <summary>True when a write of the step at hand comes after all that an earlier step does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBeforeWrite(int step) => IsInOrder(step) || IsComplete(step) || step == Current;

    /// <summary>True when an earlier step was issued, and so used its engine's state, before the one at hand is.</summary>
    public bool IsIssued(int step)
    {
        ref readonly var s = ref _steps[step];
        return s.Engine == _steps[Current].Engine || _known[_base + s.Engine] >= s.Issue || IsComplete(step);
    }

    /// <summary>
    /// The next step is at hand: its waits and signals. False when a semaphore is used in another way than the plain one.
    /// </summary>
    public bool Begin(Engine engine, bool isDma, ReadOnlySpan<Wait> waits, ReadOnlySpan<Signal> signals)
    {
        if (++Current == _steps.Length) Pooled.Grow(ref _steps, 2 * Current);
        _base = (int)engine * _width;
        ref var step = ref _steps[Current];
        step.Row = 0;
        step.Engine = (byte)engine;
        step.Issue = step.Count = ++_issued[(int)engine];
        step.Component = (short)engine;
        _order = step.Order = (byte)engine;
        foreach (ref readonly var wait in waits)
        {
            if (!Wait(wait)) return false;
        }

        if (isDma)
        {
            // Until a signal says more, a barrier alone shows it complete; and no step is in its order, itself included.
            (step.Component, step.Count, step.Order) = (Barriers, _barriers + 1, NoEngine);
            _order = NoEngine - 1;
            if (signals.Length > 1) return false;
        }

        if (signals.Length == 0) return true;
        step.Row = Keep();
        foreach (ref readonly var signal in signals)
        {
            if (!Add(signal, isDma)) return false;
        }

        return true;
    }

    /// <summary>All that was begun has completed, and every engine knows.</summary>
    public void Barrier()
    {
        _barriers++;
        for (var engine = 0; engine < Engines; engine++)
        {
            var known = _known.AsSpan(engine * _width, _width);
            _issued.CopyTo(known);
            known[Barriers] = _barriers;
            foreach (ref readonly var log in _logs.AsSpan())
            {
                if (log.Component > 0) known[log.Component] = log.Ever;
            }
        }

        Array.Clear(_rowOf);
    }

    /// <summary>A semaphore is 0 again.</summary>
    public bool Reset(Semaphore semaphore)
    {
        if (!Has(semaphore)) return false;
        _logs[semaphore.Number].Count = 0;
        return true;
    }

    /// <summary>Gives memory back.</summary>
    public void Dispose()
    {
        ArrayPool<ProofStep>.Shared.Return(_steps);
        ArrayPool<int>.Shared.Return(_rows);
        (_steps, _rows) = ([], []);
    }

    private bool Wait(in Wait wait)
    {
        if (!Has(wait.Semaphore)) return false;
        ref readonly var log = ref _logs[wait.Semaphore.Number];
        if (log.Count == 0) return true;
        var at = log.Find(wait.Value);
        var (step, sum) = log.Signals![at];
        if (sum - Smallest(step, sum - (at == 0 ? 0 : log.Signals[at - 1].Sum)) >= wait.Value)
        {
            if (at == 0) return true;
            step = log.Signals[at - 1].Step;
        }

        if (!IsComplete(step)) Learn(step);
        return true;
    }

    /// <summary>The least that a signal can be short of before its step has completed.</summary>
    private int Smallest(int step, int amount) =>
        _steps[step].Order == NoEngine ? Math.Max(1, amount / Limits.DmaEngines) : amount;

    private bool Add(in Signal signal, bool isDma)
    {
        if (!Has(signal.Semaphore) || signal.Amount <= 0) return false;
        ref var log = ref _logs[signal.Semaphore.Number];
        if (log.Count > 0)
        {
            var last = log.Signals![log.Count - 1].Step;
            if (!IsInOrder(last) && !IsComplete(last)) return false;
        }

        log.Add(Current, signal.Amount);
        if (!isDma) return true;
        if (log.Component == 0) log.Component = NewComponent();
        (_steps[Current].Component, _steps[Current].Count) = (log.Component, log.Ever);
        return true;
    }

    /// <summary>The engine of the step at hand learns that another has completed.</summary>
    private void Learn(int completed)
    {
        ref readonly var step = ref _steps[completed];
        var known = _known.AsSpan(_base, _width);

        // What a row that is gone had is not known: less knowledge proves less, and nothing that is wrong.
        if (step.Row > _lastRow - _rowCount && step.Row > 0) TensorPrimitives.Max<int>(known, Row(step.Row), known);
        known[step.Component] = Math.Max(known[step.Component], step.Count);
        _rowOf[_steps[Current].Engine] = 0;
    }

    /// <summary>The number of a row with what the engine of the step at hand knows.</summary>
    private int Keep()
    {
        ref var row = ref _rowOf[_steps[Current].Engine];
        if (row > _lastRow - _rowCount && row > 0) return row;
        if (_lastRow + 1 >= _rowCount && _rowCount * _width < MostRowInts)
        {
            _rowCount *= 2;
            Pooled.Grow(ref _rows, _rowCount * _width);
        }

        row = ++_lastRow;
        _known.AsSpan(_base, _width).CopyTo(Row(row));
        return row;
    }

    private Span<int> Row(int number) => _rows.AsSpan((number & (_rowCount - 1)) * _width, _width);

    private short NewComponent()
    {
        if (_components == _width) Widen();
        return (short)_components++;
    }

    private void Widen()
    {
        var wide = _width + Lanes;
        var known = new int[Engines * wide];
        Widen(_known, known, Engines, wide);
        var rows = ArrayPool<int>.Shared.Rent(_rowCount * wide);
        Widen(_rows, rows, Math.Min(_rowCount, _lastRow + 1), wide);
        ArrayPool<int>.Shared.Return(_rows);
        (_known, _rows) = (known, rows);
        _base = _base / _width * wide;
        _width = wide;
    }

    private void Widen(int[] from, int[] to, int count, int wide)
    {
        for (var i = 0; i < count; i++)
        {
            Array.Copy(from, i * _width, to, i * wide, _width);
            Array.Clear(to, i * wide + _width, wide - _width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Has(Semaphore semaphore)
    {
        if (semaphore.Core != 0 || (uint)semaphore.Number >= MostSemaphores) return false;
        while (semaphore.Number >= _logs.Length) Array.Resize(ref _logs, 2 * _logs.Length);
        return true;
    }
}
