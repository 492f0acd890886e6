using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Machine;

namespace TrnEmu.Eager;

/// <summary>
/// The device loops of one core of an eager run. The first iteration of a body is recorded; in later ones a cursor goes
/// along the recorded entries, and each operation and tensor must be the one that stands there. A loop in a loop may run
/// for the first time when the body around it is recorded already: then its body is inserted there.
/// </summary>
internal sealed class EagerLoops(ProgramRecording recording, CoreState state, int core, long maxIterations)
{
    private readonly List<Frame> _frames = [];
    private readonly Dictionary<int, Body> _bodies = [];
    private readonly List<LoopTrips> _path = [];
    private readonly IterationBudget _budget = new(maxIterations);
    private int _cursor;

    /// <summary>Loops that the core is in.</summary>
    public int Depth => _frames.Count;

    /// <summary>True in all but the first iteration of a body.</summary>
    public bool IsRepeating => _frames.Count > 0 && _frames[^1].IsRepeating;

    /// <summary>True in the first iteration of a body inside of one that is recorded already.</summary>
    public bool IsInserting => !IsRepeating && _frames.Exists(f => f.IsRepeating);

    /// <summary>True when the loop that is open was recorded without a body, which is recorded now.</summary>
    public bool IsLate => _frames.Count > 0 && _frames[^1].Body.IsEmpty;

    /// <summary>Every loop that was entered, in order.</summary>
    public IReadOnlyList<LoopTrips> Path => _path;

    /// <summary>The loop that is open, for messages; null outside of all.</summary>
    public Operation? Open => _frames.Count > 0 ? _frames[^1].Loop : null;

    /// <summary>Index of the entry that the next operation must be.</summary>
    public int Cursor => _cursor;

    /// <summary>The recorded entry that this operation of a later iteration is.</summary>
    /// <exception cref="TrnException">TRN4301: it is another one.</exception>
    public Entry Repeat(Operation operation, Engine engine)
    {
        ref readonly var entry = ref recording.EntriesOf(core)[_cursor];
        if (!IsSame(entry, operation, engine)) throw Differs(operation, entry.Operation);
        _cursor++;
        return entry;
    }

    /// <summary>Records an entry, behind all others or where the cursor is; gives its index.</summary>
    public int Add(in Entry entry)
    {
        if (!IsInserting)
        {
            recording.Add(core, entry);
            return recording.Count(core) - 1;
        }

        recording.Insert(core, _cursor, entry);
        Shift(_cursor, 1);
        return _cursor++;
    }

    /// <summary>Takes the entry away that was recorded last.</summary>
    public void Remove(int index)
    {
        recording.Remove(core, index);
        if (!IsInserting) return;
        Shift(index, -1);
        _cursor--;
    }

    /// <summary>Keeps a tensor that the body makes.</summary>
    public void Made(int tensor)
    {
        if (_frames.Count > 0) _frames[^1].Body.Tensors.Add(tensor);
    }

    /// <summary>The tensor that this one of a later iteration is: the k-th is the k-th of the first iteration.</summary>
    /// <exception cref="TrnException">TRN4301: it is another one.</exception>
    public Core.Memory.Tensor Repeat(in TensorRequest request)
    {
        var frame = _frames[^1];
        var tensors = frame.Body.Tensors;
        if (frame.NextTensor >= tensors.Count)
        {
            throw EagerFaults.Bad(
                EagerCodes.Iteration, FormattableString.Invariant($"{Iteration(frame)} makes more tensors than the first, which made {tensors.Count}"),
                request.Span, LoopNote(frame.Loop));
        }

        var tensor = recording.TensorAt(tensors[frame.NextTensor++]);
        if (tensor.Space == request.Space && tensor.DType == request.DType && tensor.Shape == request.Shape
            && tensor.Address == request.Address)
        {
            return tensor;
        }

        throw EagerFaults.Bad(
            EagerCodes.Iteration,
            $"{Iteration(frame)} makes {request.DType}[{string.Join(',', request.Shape)}] where the first made {tensor.TypeText}, or at another address",
            request.Span, new DiagnosticNote(tensor.Span, $"{tensor.Name} of the first iteration"));
    }

    /// <summary>A loop begins, whose entry is appended or repeated already; true when it has an iteration.</summary>
    /// <param name="loop">What begins it.</param>
    /// <param name="index">Its entry.</param>
    /// <param name="isRepeated">It was recorded before.</param>
    /// <exception cref="TrnException">TRN3005: more iterations than the limit.</exception>
    public bool Begin(Operation loop, int index, bool isRepeated)
    {
        var (start, trips) = Bounds(loop);
        var frame = new Frame(loop, Find(index), start, trips, _path.Count) { IsRepeating = isRepeated };
        _path.Add(new LoopTrips(start, 0));
        _budget.Spend(loop, Math.Min(trips, 1));
        if (trips == 0)
        {
            if (isRepeated) _cursor = frame.Body.End + 1;
            return false;
        }

        if (frame.Body.IsEmpty) frame.IsRepeating = false;
        _frames.Add(frame);
        if (isRepeated) _cursor = index + 1;
        return true;
    }

    /// <summary>The loop at an entry has no iteration when it is recorded.</summary>
    public void EndEmpty(int begin, int end)
    {
        var body = Find(begin);
        body.IsEmpty = true;
        body.End = end;
    }

    /// <summary>An iteration has ended, at its recorded end; true when another begins.</summary>
    /// <param name="end">Its entry, which is appended or repeated already.</param>
    /// <exception cref="TrnException">TRN3005.</exception>
    public bool End(int end)
    {
        var frame = _frames[^1];
        frame.Body.End = end;
        frame.Body.IsEmpty = false;
        var done = _path[frame.Path].Trips + 1;
        _path[frame.Path] = new LoopTrips(frame.Start, done);
        var isOver = frame.Loop is WhileLoop loop ? state[loop.Condition] == 0 : done == frame.Trips;
        if (isOver)
        {
            _frames.RemoveAt(_frames.Count - 1);
            _cursor = end + 1;
            return false;
        }

        _budget.Spend(frame.Loop, done + 1);
        if (frame.Loop is Loop counted) state[counted.I] = (int)(frame.Start + done * counted.Step);
        _cursor = frame.Body.Begin + 1;
        frame.IsRepeating = true;
        frame.NextTensor = 0;
        return true;
    }

    /// <summary>The end of a later iteration, which must come where the first had it.</summary>
    /// <exception cref="TrnException">TRN4301: the first had more operations.</exception>
    public Entry RepeatEnd(SourceSpan where)
    {
        ref readonly var entry = ref recording.EntriesOf(core)[_cursor];
        if (IsLate || (entry.Operation is EndLoop && _cursor == _frames[^1].Body.End)) return entry;
        var frame = _frames[^1];
        throw EagerFaults.Bad(
            EagerCodes.Iteration, $"{Iteration(frame)} ends where the first went on with {entry.Operation.Info.Name}",
            where, new DiagnosticNote(entry.Operation.Span, $"{entry.Operation.Info.Name} of the first iteration"), LoopNote(frame.Loop));
    }

    /// <summary>No trace is kept and all loops have ended: nothing of them is needed any more.</summary>
    public void Clear()
    {
        _bodies.Clear();
        _path.Clear();
        recording.Clear(core);
    }

    private (int Start, long Trips) Bounds(Operation operation)
    {
        if (operation is not Loop loop) return (0, state[((WhileLoop)operation).Condition] == 0 ? 0 : long.MaxValue);
        var (start, stop) = (state.Value(loop.Start), state.Value(loop.Stop));
        state[loop.I] = start;
        return (start, Loop.Iterations(start, stop, loop.Step));
    }

    private Body Find(int begin)
    {
        if (!_bodies.TryGetValue(begin, out var body)) _bodies.Add(begin, body = new Body(begin));
        return body;
    }

    /// <summary>Entries from an index on have moved.</summary>
    private void Shift(int index, int by)
    {
        Body[] bodies = [.. _bodies.Values];
        _bodies.Clear();
        foreach (var body in bodies)
        {
            if (body.Begin >= index) body.Begin += by;
            if (body.End >= index) body.End += by;
            _bodies.Add(body.Begin, body);
        }
    }

    /// <summary>Same but for the line, and for what automatic accumulation became.</summary>
    private static bool IsSame(in Entry entry, Operation operation, Engine engine)
    {
        if (entry.Engine != engine || entry.Operation.GetType() != operation.GetType()) return false;
        if (operation is IAccumulating { Accumulate.Kind: AccumulationKind.Automatic } sum)
            operation = sum.WithAccumulation(((IAccumulating)entry.Operation).Accumulate);
        return entry.Operation.Equals(operation)
            || entry.Operation.Equals(operation with { Span = entry.Operation.Span });
    }

    private TrnException Differs(Operation operation, Operation first)
    {
        var frame = _frames[^1];
        var what = first is EndLoop
            ? $"{Iteration(frame)} goes on with {operation.Info.Name} where the first ended"
            : operation.GetType() != first.GetType()
                ? $"{Iteration(frame)} has {operation.Info.Name} where the first had {first.Info.Name}"
                : $"{operation.Info.Name} has other operands in {Iteration(frame)} than in the first";
        return EagerFaults.Bad(
            EagerCodes.Iteration, what, operation.Span,
            new DiagnosticNote(first.Span, $"{first.Info.Name} of the first iteration"), LoopNote(frame.Loop));
    }

    private string Iteration(Frame frame) => FormattableString.Invariant($"iteration {_path[frame.Path].Trips + 1}");

    private static DiagnosticNote LoopNote(Operation loop) => new(loop.Span, $"{loop.Info.Name} begins here");

    /// <summary>What was recorded of a loop.</summary>
    private sealed class Body(int begin)
    {
        /// <summary>Index of what begins it.</summary>
        public int Begin { get; set; } = begin;

        /// <summary>Index of its end_loop, once it is recorded.</summary>
        public int End { get; set; } = -1;

        /// <summary>It has had no iteration yet.</summary>
        public bool IsEmpty { get; set; }

        /// <summary>Tensors that the first iteration made, without those of loops inside.</summary>
        public List<int> Tensors { get; } = [];
    }

    /// <summary>A loop that the core is in.</summary>
    private sealed class Frame(Operation loop, Body body, int start, long trips, int path)
    {
        public Operation Loop { get; } = loop;

        public Body Body { get; } = body;

        public int Start { get; } = start;

        public long Trips { get; } = trips;

        public int Path { get; } = path;

        public bool IsRepeating { get; set; }

        public int NextTensor { get; set; }
    }
}
