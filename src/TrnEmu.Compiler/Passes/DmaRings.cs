using TrnEmu.Core.Dependences;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// The semaphores of DMA queues: a ring of slots each. A queue's DMAs take them in turn, and one is triggered only when
/// the slot's previous one has completed, so that a count always means the same DMAs.
/// </summary>
/// <param name="firstComponent">First clock component for slots.</param>
internal sealed class DmaRings(int firstComponent)
{
    /// <summary>Slots of a ring: DMAs of one queue in flight.</summary>
    public const int Slots = 16;

    private readonly Dictionary<(int Core, int Queue), Ring> _rings = [];

    /// <summary>Gives a DMA its slot; returns the slot's previous DMA, which must have completed before.</summary>
    public Step? Take(Step step, int queue)
    {
        if (!_rings.TryGetValue((step.Core, queue), out var ring))
        {
            ring = new Ring(firstComponent + _rings.Count * Slots);
            _rings.Add((step.Core, queue), ring);
        }

        var slot = ring.Count % Slots;
        var previous = ring.Last[slot];
        ring.Last[slot] = step;
        step.Completions = [new Mark(ring.Component + slot, ring.Count++ / Slots + 1)];
        return previous;
    }

    /// <summary>Slot within its ring, and how many DMAs of the slot there have been with this one.</summary>
    public DmaSlot SlotOf(Step step)
    {
        var mark = step.Completions[0];
        return new DmaSlot((mark.Component - firstComponent) % Slots, mark.Count);
    }

    private sealed class Ring(int component)
    {
        public int Component { get; } = component;

        public int Count { get; set; }

        public Step?[] Last { get; } = new Step?[Slots];
    }
}

/// <summary>Where a DMA signals.</summary>
/// <param name="Slot">Slot of its queue's ring.</param>
/// <param name="Use">From 1: how often the slot has been used.</param>
internal readonly record struct DmaSlot(int Slot, int Use);
