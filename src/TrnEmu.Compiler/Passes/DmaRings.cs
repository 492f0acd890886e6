using TrnEmu.Core.Dependences;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// The semaphores of DMA queues: a ring of slots each. A queue's DMAs take them in turn, and one is triggered only when
/// the slot's previous one has completed, so that a count always means the same DMAs. Bodies of loops have rings of
/// their own, which begin anew behind each barrier.
/// </summary>
/// <param name="firstComponent">First clock component for slots.</param>
internal sealed class DmaRings(int firstComponent)
{
    /// <summary>Slots of a ring: DMAs of one queue in flight.</summary>
    public const int Slots = 16;

    private readonly Dictionary<(int Core, int Queue, bool IsInLoop), Ring> _rings = [];
    private readonly List<Ring> _byComponent = [];

    /// <summary>Gives a DMA its slot; returns the slot's previous DMA, which must have completed before.</summary>
    /// <param name="step">The DMA.</param>
    /// <param name="queue">Its queue.</param>
    /// <param name="scope">Where its semaphores count: see <see cref="LoopScopes"/>.</param>
    public Step? Take(Step step, int queue, int scope)
    {
        var key = (step.Core, queue, scope != LoopScopes.Outside);
        if (!_rings.TryGetValue(key, out var ring))
        {
            ring = new Ring(firstComponent + _rings.Count * Slots);
            _rings.Add(key, ring);
            _byComponent.Add(ring);
        }

        if (ring.Scope != scope) ring.Restart(scope);
        var slot = ring.Count % Slots;
        var previous = ring.Last[slot];
        ring.Last[slot] = step;
        step.Completions = [new Mark(ring.Component + slot, ring.Count++ / Slots + 1)];
        return previous;
    }

    /// <summary>
    /// Slot within its ring, and how many DMAs of the slot there have been in its scope with this one.
    /// </summary>
    public DmaSlot SlotOf(Step step)
    {
        var mark = step.Completions[0];
        var (ring, slot) = Math.DivRem(mark.Component - firstComponent, Slots);
        return new DmaSlot(slot, mark.Count - _byComponent[ring].FirstUse);
    }

    private sealed class Ring(int component)
    {
        public int Component { get; } = component;

        public int Count { get; set; }

        public Step?[] Last { get; } = new Step?[Slots];

        public int Scope { get; private set; } = LoopScopes.Outside;

        /// <summary>Uses of each slot before the scope.</summary>
        public int FirstUse { get; private set; }

        public void Restart(int scope)
        {
            Scope = scope;
            Count = (Count + Slots - 1) / Slots * Slots;
            FirstUse = Count / Slots;
            Array.Clear(Last);
        }
    }
}

/// <summary>Where a DMA signals.</summary>
/// <param name="Slot">Slot of its queue's ring.</param>
/// <param name="Use">From 1: how often the slot has been used.</param>
internal readonly record struct DmaSlot(int Slot, int Use);
