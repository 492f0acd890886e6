using TrnEmu.Core.Isa.Effects;

namespace TrnEmu.Core.Dependences.Proofs;

/// <summary><see cref="StateHistories"/> for proofs: registers and what else an engine holds.</summary>
internal sealed class StateUses(Knowledge knowledge)
{
    private readonly Dictionary<EngineState, Uses> _uses = [];
    private Predicate<int>? _isImplied;

    /// <summary>Uses state; false when that may be a fault.</summary>
    public bool Apply(ReadOnlySpan<StateEffect> effects)
    {
        foreach (ref readonly var effect in effects)
        {
            if (!_uses.TryGetValue(effect.State, out var uses)) _uses.Add(effect.State, uses = new Uses());
            if (uses.Writer != 0 && !knowledge.IsIssued(uses.Writer)) return false;
            if (!effect.IsWrite)
            {
                uses.Readers.RemoveAll(_isImplied ??= IsImplied);
                uses.Readers.Add(knowledge.Current);
                continue;
            }

            foreach (var reader in uses.Readers)
            {
                if (!knowledge.IsIssued(reader)) return false;
            }

            uses.Writer = knowledge.Current;
            uses.Readers.Clear();
        }

        return true;
    }

    private bool IsImplied(int reader) => knowledge.IsInOrder(reader) || knowledge.IsComplete(reader);

    private sealed class Uses
    {
        public int Writer { get; set; }

        public List<int> Readers { get; } = [];
    }
}
