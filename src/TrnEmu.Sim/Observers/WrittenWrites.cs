using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Observers;

/// <summary>Makes bytes written through a tensor.</summary>
/// <param name="tensor">The tensor.</param>
/// <param name="place">The entry that writes.</param>
/// <param name="plain">The value where no pinned tensor takes part: the same object for all writes of the
/// tensor.</param>
/// <param name="gone">Pinned tensors that nobody can read any more.</param>
internal readonly struct WrittenWrites(Tensor tensor, Place place, Written plain, HashSet<int> gone) : IAccessVisitor<Written?>
{
    /// <inheritdoc/>
    public Written? Visit(in AccessRange part, Written? value)
    {
        var pinned = value?.PinnedWriters ?? [];
        if (!tensor.IsPinned && pinned.Count == 0) return plain;
        if (gone.Count > 0) pinned = Living(pinned, gone);
        if (tensor.IsPinned && !pinned.Contains(tensor.Id)) pinned = [.. pinned, tensor.Id];
        return new Written(tensor.Id, place, pinned);
    }

    private static EquatableArray<int> Living(EquatableArray<int> pinned, HashSet<int> gone) =>
        pinned.Any(gone.Contains) ? [.. pinned.Where(p => !gone.Contains(p))] : pinned;
}
