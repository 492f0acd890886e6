using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Dependences;

/// <summary>
/// Histories of all memory and engine state of a program; finds what each step conflicts with. Steps come in the order
/// of the walk (<see cref="ProgramOrder"/>). HBM tensors that the program never writes are not tracked.
/// </summary>
public sealed class DependenceTracker(Program program)
{
    private readonly MemoryMaps<History?> _memory = new(program);
    private readonly StateHistories _state = new();
    private readonly bool[] _isConstant = NeverWritten(program);

    /// <summary>
    /// Makes the step part of the histories and lists the earlier steps that must complete before it starts and that
    /// <see cref="Step.Known"/> does not have, each once for memory, reads first, in the order of effects and
    /// addresses.
    /// </summary>
    /// <param name="step">The step, with what it knows.</param>
    /// <param name="effects">Its operation's effects.</param>
    /// <param name="state">Resolves dynamic addresses; null takes all of their tensors.</param>
    /// <param name="open">Conflicts are added here.</param>
    public void Track(Step step, EffectSink effects, IDisplacements? state, List<Conflict> open)
    {
        // Reads first: a write of the same step would hide the writer that a read has to wait for.
        TrackMemory(step, effects, areWrites: false, state, open);
        TrackMemory(step, effects, areWrites: true, state, open);
        _state.Track(step, effects.State, open);
    }

    private void TrackMemory(Step step, EffectSink effects, bool areWrites, IDisplacements? state, List<Conflict> open)
    {
        var memory = effects.Memory;
        for (var i = 0; i < memory.Length; i++)
        {
            ref readonly var effect = ref memory[i];
            if (effect.Writes != areWrites || _isConstant[effect.Pattern.Tensor]) continue;
            var isShared = program.Cores.Count > 1 && program.Tensors[effect.Pattern.Tensor].Space == MemorySpace.Hbm;
            var visitor = new ConflictVisitor(step, i, effect.Kind, open, isShared);
            _memory.Apply(effect.Pattern, state, ref visitor);
        }
    }

    /// <summary>By tensor: true for what lies in HBM and no operation of any core writes.</summary>
    public static bool[] NeverWritten(Program program)
    {
        var isConstant = new bool[program.Tensors.Count];
        foreach (var tensor in program.Tensors.Span) isConstant[tensor.Id] = tensor.Space == MemorySpace.Hbm;
        var sink = new EffectSink();
        foreach (var core in program.Cores.Span)
        {
            foreach (ref readonly var entry in core.Entries.Span)
            {
                sink.Clear();
                entry.Operation.Effects(sink);
                foreach (ref readonly var effect in sink.Memory)
                {
                    if (effect.Writes) isConstant[effect.Pattern.Tensor] = false;
                }
            }
        }

        return isConstant;
    }
}
