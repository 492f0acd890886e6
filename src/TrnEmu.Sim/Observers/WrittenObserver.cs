using TrnEmu.Core.Dependences;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Observers;

/// <summary>
/// Faults when an operation reads bytes that nothing wrote (TRN3110), or that were overwritten through another tensor
/// since this one wrote them (TRN3111). HBM inputs and constants count as written. A tensor with an address is judged
/// by the bytes there, others by their own. A pinned tensor may read bytes that were only ever written through others;
/// an automatic one reads only what was written through it. A conditional write (MayWrite) makes nothing written and
/// overwrites nothing.
/// </summary>
public sealed class WrittenObserver : IExecutionObserver
{
    private readonly IProgram _program;
    private readonly MemoryMaps<Written?> _memory;
    private Written?[] _plain;
    private readonly EffectSink _effects = new();
    private readonly HashSet<int> _gone = [];

    /// <summary>Nothing has been written but inputs and constants.</summary>
    public WrittenObserver(IProgram program)
    {
        _program = program;
        _memory = new MemoryMaps<Written?>(program);
        _plain = new Written?[program.TensorCount];
    }

    /// <summary>
    /// Checks a whole program without executing it; reads at dynamic addresses are not judged, and loops run as the path
    /// says, without one each once.
    /// </summary>
    /// <exception cref="TrnException">The first fault.</exception>
    public static void Check(Program program, ExecutionPath? path = null)
    {
        var observer = new WrittenObserver(program);
        foreach (var (core, index) in ProgramOrder.Of(program, path))
            observer.Observe(core, index, program.Cores[core].Entries[index], state: null);
    }

    /// <inheritdoc/>
    public void BeforeExecute(int core, int index, in Entry entry, CoreState state) =>
        Observe(core, index, entry, state);

    /// <summary>
    /// Checks one entry. Without a state a write to a dynamic address counts for all of its tensor, a read is not
    /// judged.
    /// </summary>
    /// <exception cref="TrnException">A fault.</exception>
    public void Observe(int core, int index, in Entry entry, IDisplacements? state)
    {
        _effects.Clear();
        entry.Operation.Effects(_effects);
        foreach (ref readonly var effect in _effects.Memory)
        {
            if (effect.Reads) Read(entry.Operation, effect.Pattern, state);
        }

        foreach (ref readonly var effect in _effects.Memory)
        {
            if (effect.Kind is AccessKind.Write or AccessKind.Accumulate)
                Write(new Place(core, index), effect.Pattern, state);
        }
    }

    /// <summary>The host writes a whole tensor.</summary>
    public void Write(Tensor tensor) => Write(new Place(tensor.Core, -1), AccessPattern.Whole(tensor), state: null);

    /// <summary>A tensor is made, or made anew: nothing of it is written.</summary>
    public void Begin(Tensor tensor)
    {
        if (tensor.IsPinned) _gone.Remove(tensor.Id);
        else End(tensor);
    }

    /// <summary>Nobody can read the tensor any more.</summary>
    public void End(Tensor tensor)
    {
        _memory.Forget(tensor.Id);
        if (tensor.Id < _plain.Length) _plain[tensor.Id] = null;
        if (tensor.IsPinned) _gone.Add(tensor.Id);
    }

    private void Read(Operation operation, in AccessPattern pattern, IDisplacements? state)
    {
        var tensor = _program.TensorOf(pattern);
        if (tensor.Role is TensorRole.Input or TensorRole.InOut or TensorRole.Constant) return;
        if (state is null && pattern.IsDynamic) return;
        var visitor = new WrittenReads(tensor);
        _memory.Apply(pattern, state, ref visitor);
        if (visitor.Bad is { } bad) throw Fault(operation, pattern, tensor, bad, visitor.BadValue);
    }

    private void Write(Place place, in AccessPattern pattern, IDisplacements? state)
    {
        var tensor = _program.TensorOf(pattern);
        if (tensor.Id >= _plain.Length) Array.Resize(ref _plain, Math.Max(_program.TensorCount, 2 * _plain.Length));
        var plain = _plain[tensor.Id] ??= new Written(tensor.Id, null, []);
        var visitor = new WrittenWrites(tensor, place, plain, _gone);
        _memory.Apply(pattern, state, ref visitor);
    }

    private TrnException Fault(
        Operation operation, in AccessPattern pattern, Tensor tensor, in AccessRange part, Written? found)
    {
        var what = $"{operation.Info.Name} reads {FaultText.Operand(operation, pattern)}"
            + $"{FaultText.Bytes(tensor, part)}";
        var made = new DiagnosticNote(tensor.Span, $"{tensor.Name} was made here");
        if (found is null || !found.PinnedWriters.Contains(tensor.Id))
        {
            var other = found is null
                ? ""
                : $" through it; they hold what was written through {_program.TensorAt(found.Tensor).Name}";
            return Fault(RaceCodes.Uninitialised, $"{what}, which nothing wrote{other}", operation.Span, made);
        }

        var by = _program.TensorAt(found.Tensor).Name;
        if (found.By is not { Index: >= 0 } place)
            return Fault(RaceCodes.Clobbered, $"{what}, overwritten through {by}", operation.Span, made);
        var clobber = _program.EntriesOf(place.Core)[place.Index].Operation;
        return Fault(
            RaceCodes.Clobbered,
            $"{what}, which {clobber.Info.Name} overwrote through {by} at the same address",
            operation.Span,
            new DiagnosticNote(clobber.Span, $"{clobber.Info.Name} writes {by} here"),
            made);
    }

    private static TrnException Fault(
        DiagnosticCode code, string message, SourceSpan where, params DiagnosticNote[] notes) =>
        new(FailureKind.Fault, Diagnostic.Error(code, message, where, notes));
}
