using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>
/// Proves, entry by entry, what almost every program fulfils: semaphores order all conflicting accesses, and everything
/// that is read was written before, through the same tensor. Says no where that is not so or where it cannot tell; then
/// who keeps whole histories (<see cref="DependenceTracker"/>) decides, and names what is wrong. A yes is as exact, to
/// the byte, as theirs, and costs a twentieth.
/// </summary>
public sealed class ProgramProof : IDisposable
{
    private readonly Program _program;
    private readonly bool _checksWritten;
    private readonly Knowledge _knowledge;
    private readonly CellTable _cells;
    private readonly MemoryPlaces _places;
    private readonly StateUses _state;
    private readonly EffectSink _effects = new();
    private readonly OperationTraits _traits = new();
    private IReadOnlyList<Semaphore>? _ofLoops;

    /// <summary>Proves nothing yet.</summary>
    /// <param name="program">A program for which <see cref="IsPossible"/> holds.</param>
    /// <param name="checksWritten">Whether what is read must have been written.</param>
    public ProgramProof(Program program, bool checksWritten)
    {
        _program = program;
        _checksWritten = checksWritten;
        _knowledge = new Knowledge(program.Cores[0].Entries.Count);
        _cells = new CellTable(_knowledge);
        _places = new MemoryPlaces(program, _cells);
        _state = new StateUses(_knowledge);
    }

    /// <summary>What the last entry that was proved touches; nothing for one that only directs others.</summary>
    public ReadOnlySpan<MemoryEffect> Touched => _effects.Memory;

    /// <summary>
    /// True when a proof can begin: there is one core, and where writing is checked, no tensor has bytes that others may
    /// have written.
    /// </summary>
    public static bool IsPossible(Program program, bool checksWritten)
    {
        if (program.Cores.Count != 1) return false;
        foreach (var tensor in program.Tensors.Span)
        {
            if (tensor.Core != 0 || (checksWritten && tensor.IsPinned)) return false;
        }

        return true;
    }

    /// <summary>Whether a whole program is proved; one with loops along a path, or each of them once.</summary>
    public static bool Proves(Program program, ExecutionPath? path, bool checksWritten)
    {
        if (!IsPossible(program, checksWritten)) return false;
        using var proof = new ProgramProof(program, checksWritten);
        var entries = program.Cores[0].Entries.Span;
        if (path is null or { IsStraight: true })
        {
            foreach (ref readonly var entry in entries)
            {
                if (!proof.Prove(entry, state: null)) return false;
            }

            return true;
        }

        foreach (var (_, index) in ProgramOrder.Of(program, path))
        {
            if (!proof.Prove(entries[index], state: null)) return false;
        }

        return true;
    }

    /// <summary>
    /// Whether the next entry to be executed is proved, given that all before it were. After a no there are no more
    /// questions.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="state">Resolves dynamic addresses; null takes all of their tensors.</param>
    public bool Prove(in Entry entry, IDisplacements? state)
    {
        ref readonly var kind = ref _traits.Of(entry.Operation);
        if (kind.IsControl) return Barrier();
        if (kind.IsMeeting) return false;
        if (!_knowledge.Begin(entry.Engine, kind.IsDma, entry.Waits.Span, entry.Signals.Span)) return false;
        _effects.Clear();
        kind.Effects(entry.Operation, _effects);
        var memory = _effects.Memory;

        // Reads first: a write of the same step would hide the writer that a read has to wait for.
        foreach (ref readonly var effect in memory)
        {
            if (effect.Kind == AccessKind.Read ? !Read(effect.Place, state) : !Look(effect, state)) return false;
        }

        foreach (ref readonly var effect in memory)
        {
            if (effect.Kind != AccessKind.Read && !Write(effect, state)) return false;
        }

        return _effects.State.Length == 0 || _state.Apply(_effects.State);
    }

    /// <summary>Gives memory back; there are no more questions.</summary>
    public void Dispose()
    {
        _cells.Dispose();
        _knowledge.Dispose();
    }

    private bool Barrier()
    {
        _effects.Clear();
        _knowledge.Barrier();
        foreach (var semaphore in _ofLoops ??= SemaphoreNumbers.OfLoops(_program)[0])
        {
            if (!_knowledge.Reset(semaphore)) return false;
        }

        return true;
    }

    private bool Read(in AccessPattern pattern, IDisplacements? state)
    {
        ref var place = ref _places[pattern.Tensor];
        if ((place.Traits & PlaceTraits.Constant) != 0 && place.Map is null)
        {
            place.Traits |= PlaceTraits.Read;
            return true;
        }

        var isChecked = _checksWritten && (place.Traits & PlaceTraits.Given) == 0
            && (state is not null || !pattern.IsDynamic);
        return Apply(ref place, pattern, state, isChecked ? Touch.ReadWritten : Touch.Read);
    }

    /// <summary>What is added to must have been written before the same step writes it.</summary>
    private bool Look(in MemoryEffect effect, IDisplacements? state)
    {
        if (!_checksWritten || effect.Kind != AccessKind.Accumulate) return true;
        ref var place = ref _places[effect.Place.Tensor];
        if ((place.Traits & PlaceTraits.Given) != 0 || (state is null && effect.Place.IsDynamic)) return true;
        return Apply(ref place, effect.Place, state, Touch.Look);
    }

    private bool Write(in MemoryEffect effect, IDisplacements? state)
    {
        ref var place = ref _places[effect.Place.Tensor];
        if ((place.Traits & PlaceTraits.Read) != 0) return false;
        var touch = effect.Kind == AccessKind.MayWrite ? Touch.MayWrite : Touch.Write;
        return Apply(ref place, effect.Place, state, touch);
    }

    private bool Apply(ref TensorPlace place, in AccessPattern pattern, IDisplacements? state, Touch touch)
    {
        var tensor = pattern.Tensor + 1;
        if ((place.Traits & PlaceTraits.Hbm) == 0 && !pattern.IsDynamic && PatternBoxes.TryBox(pattern, place, out var box))
            return place.Map!.Apply(box, touch, tensor);
        place.Map ??= _places.MapOf(_program.Tensors[pattern.Tensor]);
        return new PatternBoxes(_program.Tensors[pattern.Tensor], place.Map, touch, tensor).Apply(pattern, state);
    }
}
