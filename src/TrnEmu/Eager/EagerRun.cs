using System.Diagnostics;
using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Dependences;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Observers;

namespace TrnEmu.Eager;

/// <summary>
/// Executes a kernel while it is written: each operation is verified and executed at once, in program order, and kept in
/// a trace, which is compiled, checked and timed at the end. Not for several threads at once.
/// </summary>
public sealed class EagerRun : IDisposable
{
    private readonly EagerOptions _options;
    private readonly ProgramRecording _recording;
    private readonly Binding _binding;
    private readonly EagerTensors _tensors;
    private readonly EagerCore[] _cores;
    private readonly EagerMeetings _meetings;
    private readonly ExplicitOrder _order;
    private readonly Verifier _verifier;
    private readonly WrittenObserver? _written;
    private readonly NotedAddresses? _addresses;
    private readonly EqualWrites? _equal;
    private readonly MatmulWatch _watch = new();
    private readonly EffectSink _effects = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _issued;

    /// <summary>A run that nothing has been issued to.</summary>
    /// <exception cref="TrnException">There is no such chip, or no such number of it.</exception>
    public EagerRun(EagerOptions options)
    {
        _options = options;
        Chip = options.Run.LoadChip("trn2");
        _recording = new ProgramRecording(options.Cores);
        _binding = Binding.Growing(new TensorArena(
            Chip, options.Uninitialised == Uninitialised.NaN ? TensorFill.NaN : TensorFill.Zero));
        _tensors = new EagerTensors(_recording, _binding, Chip, options);
        _cores = [.. Enumerable.Range(0, options.Cores).Select(NewCore)];
        foreach (var core in _cores) core.State.Peers = [.. _cores.Select(c => c.State)];
        _meetings = new EagerMeetings(_recording);
        _order = new ExplicitOrder(_recording);
        _verifier = new Verifier(_recording, Chip);
        if (options is { Keep: true, Cores: > 1 })
        {
            _addresses = new NotedAddresses();
            _equal = new EqualWrites(_recording, _binding);
        }

        if (options.Uninitialised == Uninitialised.Error) _written = new WrittenObserver(_recording);
    }

    /// <summary>The chip that the kernel runs on.</summary>
    public Chip Chip { get; }

    /// <summary>What has been recorded.</summary>
    public IProgram Program => _recording;

    /// <summary>Makes a tensor; in a later iteration of a loop, again the one that the first iteration made there.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="TrnException">It cannot exist, or differs from that of the first iteration.</exception>
    public int AddTensor(in TensorRequest request)
    {
        var core = _cores[request.Core];
        if (core.Loops.IsRepeating)
        {
            var again = core.Loops.Repeat(request);
            _written?.Begin(again);
            _tensors.AddAgain(again);
            return again.Id;
        }

        var tensor = _tensors.Add(request);
        _written?.Begin(tensor);
        core.Make(tensor.Id);
        return tensor.Id;
    }

    /// <summary>The last view of a tensor, or of one making of it, has gone.</summary>
    public void Free(int id)
    {
        if (!_tensors.IsLiving(id)) return;
        var tensor = _recording.TensorAt(id);
        if (!_tensors.Free(tensor, IsInLoop)) return;
        _written?.End(tensor);
        foreach (var core in _cores) core.Forget(id);
    }

    /// <summary>Verifies, records and executes an operation.</summary>
    /// <param name="core">The core that executes it.</param>
    /// <param name="operation">What is done, with the user's line.</param>
    /// <param name="engine">The engine that the user chose, or none.</param>
    /// <returns>False when it is a meeting that waits for the other core.</returns>
    /// <exception cref="TrnException">It is illegal, faults, or is another than in the first iteration.</exception>
    public bool Issue(int core, Operation operation, Engine engine = Engine.None)
    {
        var issued = _options.Keep ? _order.Issue(core) : -1;
        Count(operation);
        var loops = _cores[core].Loops;
        if (loops.IsRepeating)
        {
            var index = loops.Cursor;
            return Do(core, loops.Repeat(operation, engine), index);
        }

        var entry = Record(core, operation, engine, out var last);
        try
        {
            var isDone = Do(core, entry, last);
            if (_options.Keep) _order.Recorded(core, issued, last);
            return isDone;
        }
        catch (TrnException) when (last >= 0)
        {
            // What a fault stopped is no part of the trace: a kernel may catch it and go on.
            loops.Remove(last);
            throw;
        }
    }

    /// <summary>A device loop begins.</summary>
    /// <param name="core">The core that executes it.</param>
    /// <param name="loop">A loop or while_loop, with the user's line.</param>
    /// <returns>True when an iteration begins; false when there is none, and no end comes.</returns>
    /// <exception cref="TrnException">It is illegal, or another than in the first iteration of the loop around it.</exception>
    public bool Begin(int core, Operation loop)
    {
        Count(loop);
        var loops = _cores[core].Loops;
        var isRepeated = loops.IsRepeating;
        var index = loops.Cursor;
        var entry = isRepeated ? loops.Repeat(loop, Engine.None) : Record(core, loop, Engine.None, out index, isLoop: true);
        _cores[core].State.Pass(entry);
        if (loops.Begin(entry.Operation, index, isRepeated))
        {
            if (isRepeated && loops.IsLate) _cores[core].BeginLate(entry.Operation);
            return true;
        }

        if (isRepeated) return false;
        Record(core, new EndLoop { Span = loop.Span }, Engine.None, out var end, isLoop: true);
        loops.EndEmpty(index, end);
        Ended(loops);
        return false;
    }

    /// <summary>The body of the loop that began last ends.</summary>
    /// <param name="core">The core that executes it.</param>
    /// <param name="where">The user's line.</param>
    /// <returns>True when another iteration begins.</returns>
    /// <exception cref="TrnException">The iteration is another than the first.</exception>
    public bool End(int core, SourceSpan where)
    {
        var loops = _cores[core].Loops;
        if (loops.Open is null) throw new TrnException(FailureKind.BadInput, LoopEnds.WithoutLoop(new EndLoop { Span = where }));
        var index = loops.Cursor;
        if (loops.IsLate) _cores[core].EndLate(new EndLoop { Span = where });
        var entry = loops.IsRepeating || loops.IsLate
            ? loops.RepeatEnd(where)
            : Record(core, new EndLoop { Span = where }, Engine.None, out index, isLoop: true);
        _cores[core].State.Pass(entry);
        var again = loops.End(index);
        if (!again) Ended(loops);
        return again;
    }

    /// <summary>The 32 bits of a register.</summary>
    public int Register(int core, int number) => _cores[core].State[new Register(number)];

    /// <summary>
    /// An operation waits for an earlier one of its core, whatever their operands: both by their numbers among the
    /// operations that were issued there, from 0.
    /// </summary>
    public void Depend(int core, long consumer, long producer)
    {
        if (_options.Keep && !_cores[core].Loops.IsRepeating) _order.Add(core, consumer, producer);
    }

    /// <summary>Copies elements to the host.</summary>
    /// <exception cref="TrnException">TRN4304: the tensor has no such elements.</exception>
    public void Read(in HostView view, Span<byte> host)
    {
        var tensor = Checked(view, host.Length);
        HostViewCopy.Read(view, tensor, _binding[tensor.Id], host);
    }

    /// <summary>Copies elements from the host; the tensor counts as written then.</summary>
    /// <exception cref="TrnException">TRN4304: the tensor has no such elements.</exception>
    public void Write(in HostView view, ReadOnlySpan<byte> host)
    {
        var tensor = Checked(view, host.Length);
        HostViewCopy.Write(view, tensor, _binding[tensor.Id], host);
        _written?.Write(tensor);
    }

    /// <summary>Compiles the trace, proves that nothing races, and predicts the time.</summary>
    /// <param name="outputs">Ids of the tensors that the kernel returns, in order.</param>
    /// <param name="names">As many names for them.</param>
    /// <param name="time">False leaves compilation and time out.</param>
    /// <exception cref="TrnException">A loop or meeting is open, or the trace does not fit the chip, or races.</exception>
    public RunResult Finish(IReadOnlyList<int> outputs, IReadOnlyList<string> names, bool time = true)
    {
        _meetings.CheckNone();
        foreach (var core in _cores)
        {
            if (core.Loops.Open is { } open)
                throw EagerFaults.Bad(EagerCodes.Open, $"{open.Info.Name} has not ended", open.Span);
        }

        var finish = new EagerFinish(_recording, _binding, Chip, _options, _addresses, _equal, _clock.Elapsed.TotalSeconds);
        var path = new ExecutionPath([.. _cores.Select(c => c.Loops.Path)]);
        return finish.Run(outputs, names, path, time && _options.Keep) with { Sample = _watch.Sample };
    }

    /// <summary>What has been recorded, as a program that no pass has seen.</summary>
    public Program ToProgram() => _recording.ToProgram(Chip.Name);

    /// <inheritdoc/>
    public void Dispose() => _binding.Dispose();

    private bool IsInLoop => Array.Exists(_cores, c => c.Loops.Depth > 0);

    /// <summary>Where no trace is kept, loops that have ended are forgotten.</summary>
    private void Ended(EagerLoops loops)
    {
        if (_options.Keep || loops.Depth > 0) return;
        loops.Clear();
        if (!IsInLoop) _tensors.EndLoops();
    }

    private EagerCore NewCore(int core)
    {
        var run = _options.Run;
        var state = new CoreState(_recording, _binding, Chip, run.Threads, run.Arithmetic, core);
        return new EagerCore(
            state, new EagerLoops(_recording, state, core, run.MaxIterations),
            new AccumulationResolver(_recording.Tensors, Chip.Generation), _recording.Tensors);
    }

    private void Count(Operation operation)
    {
        if (_issued++ < _options.Run.MaxInstructions) return;
        throw EagerFaults.Bad(
            FrontEndCodes.TooLong,
            FormattableString.Invariant($"operation {_issued} is recorded, limit {_options.Run.MaxInstructions} (--max-instructions)"),
            operation.Span);
    }

    /// <summary>Decides what is automatic, verifies and keeps; the number is -1 where nothing is kept.</summary>
    private Entry Record(int core, Operation operation, Engine engine, out int index, bool isLoop = false)
    {
        var entry = new Entry(_cores[core].Resolve(operation), engine);
        Verify(core, entry);
        index = -1;
        if (!_options.Keep && !isLoop && _cores[core].Loops.Depth == 0) return entry;
        index = _cores[core].Loops.Add(entry);
        return entry;
    }

    private void Verify(int core, in Entry entry)
    {
        _verifier.Clear();
        _verifier.Verify(entry, core);
        if (_verifier.Findings.Count > 0) throw new TrnException(FailureKind.BadInput, [.. _verifier.Findings]);
        if (_cores.Length == 1) return;
        _effects.Clear();
        entry.Operation.Effects(_effects);
        foreach (ref readonly var effect in _effects.Memory)
        {
            if (CoreMemory.Finding(entry.Operation, core, _recording.TensorAt(effect.Pattern.Tensor)) is { } foreign)
                throw new TrnException(FailureKind.BadInput, foreign);
        }
    }

    private bool Do(int core, in Entry entry, int index)
    {
        if (entry.Operation is IMeeting) return Meet(core, entry, index);
        Execute(core, entry, index);
        return true;
    }

    private void Execute(int core, in Entry entry, int index)
    {
        _written?.Observe(core, index, entry, _cores[core].State);
        _addresses?.Note(entry.Operation, _cores[core].State);
        _equal?.Before(entry.Operation, _cores[core].State);
        _watch.BeforeExecute(core, index, entry, _cores[core].State);
        _cores[core].State.Execute(entry);
        _equal?.After();
    }

    private bool Meet(int core, in Entry entry, int index)
    {
        if (!_meetings.Arrive(core, entry, out var all)) return false;
        for (var i = 0; i < all.Length; i++) _cores[i].State.Current = all[i];
        for (var i = 0; i < all.Length; i++) Execute(i, all[i], i == core ? index : -1);
        return true;
    }

    private Tensor Checked(in HostView view, long bytes)
    {
        var tensor = _recording.TensorAt(view.Tensor);
        var problem = HostViewCopy.Problem(view, tensor)
            ?? (view.Bytes == bytes ? null : FormattableString.Invariant($"has {view.Bytes} bytes, the host gives {bytes}"));
        return problem is null ? tensor : throw EagerFaults.Bad(EagerCodes.HostCopy, $"view of {tensor.Name} {problem}", tensor.Span);
    }
}
