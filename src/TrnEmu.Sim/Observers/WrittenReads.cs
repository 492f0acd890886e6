using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Observers;

/// <summary>Finds the first bytes that a tensor must not be read at.</summary>
internal struct WrittenReads(Tensor tensor) : IAccessVisitor<Written?>
{
    /// <summary>The first such part, or null.</summary>
    public AccessRange? Bad { get; private set; }

    /// <summary>How that part was written; null when it never was.</summary>
    public Written? BadValue { get; private set; }

    /// <inheritdoc/>
    public Written? Visit(in AccessRange part, Written? value)
    {
        if (Bad is null && !IsReadable(value)) (Bad, BadValue) = (part, value);
        return value;
    }

    private readonly bool IsReadable(Written? value)
    {
        if (value is null) return false;
        if (value.Tensor == tensor.Id) return true;
        return tensor.IsPinned && !value.PinnedWriters.Contains(tensor.Id);
    }
}
