using System.Buffers;

namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>Borrowed arrays that grow: a proof comes and goes, and fresh memory would cost more than it does.</summary>
internal static class Pooled
{
    /// <summary>The same values in a longer array.</summary>
    public static void Grow<T>(ref T[] items, int length)
        where T : unmanaged
    {
        var longer = ArrayPool<T>.Shared.Rent(length);
        items.CopyTo(longer, 0);
        ArrayPool<T>.Shared.Return(items);
        items = longer;
    }
}
