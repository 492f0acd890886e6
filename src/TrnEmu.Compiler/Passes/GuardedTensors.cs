using TrnEmu.Core.Dependences;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Tensors that cores share under a barrier. On each core the barrier waits for all that touched its tensor since the
/// one before, and whatever touches the tensor later waits for the barrier.
/// </summary>
internal sealed class GuardedTensors
{
    private readonly Dictionary<(int Core, int Tensor), Guard> _guards = [];

    public GuardedTensors(Program program)
    {
        for (var core = 0; core < program.Cores.Count; core++)
        {
            foreach (ref readonly var entry in program.Cores[core].Entries.Span)
            {
                if (entry.Operation is IMeeting { Guarded: { } tensor }) _guards.TryAdd((core, tensor), new Guard());
            }
        }
    }

    /// <summary>Adds the steps that this one has to wait for.</summary>
    public void Track(Step step, Operation operation, EffectSink effects, List<Step> producers)
    {
        if (_guards.Count == 0) return;
        foreach (ref readonly var effect in effects.Memory)
        {
            if (!_guards.TryGetValue((step.Core, effect.Pattern.Tensor), out var guard)) continue;
            if (guard.Barrier is { } barrier && !barrier.SharesEngineWith(step)) producers.Add(barrier);
            if (guard.Since.Count == 0 || guard.Since[^1] != step) guard.Since.Add(step);
        }

        if (operation is not IMeeting { Guarded: { } tensor }) return;
        var own = _guards[(step.Core, tensor)];
        foreach (var earlier in own.Since)
        {
            if (!earlier.SharesEngineWith(step)) producers.Add(earlier);
        }

        own.Since.Clear();
        own.Barrier = step;
    }

    private sealed class Guard
    {
        public List<Step> Since { get; } = [];

        public Step? Barrier { get; set; }
    }
}
