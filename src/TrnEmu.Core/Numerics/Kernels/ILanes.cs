namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// A vector of 128-bit lanes, and the interleaving of two: in each lane (a0, b0, a1, b1, …) of the lower halves of a and b,
/// then of the upper halves.
/// </summary>
/// <typeparam name="TVector">The host's vector.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>False where the host lacks the interleaving instructions for this width.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>128-bit lanes of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>16 bytes for each lane, the given number of bytes apart.</summary>
    static abstract TVector Load(byte* p, long stride);

    /// <summary>All lanes, one after the other.</summary>
    static abstract void Store(byte* p, TVector x);

    /// <summary>Interleaves bytes.</summary>
    static abstract (TVector Low, TVector High) Two1(TVector a, TVector b);

    /// <summary>Interleaves elements of 2 bytes.</summary>
    static abstract (TVector Low, TVector High) Two2(TVector a, TVector b);

    /// <summary>Interleaves elements of 4 bytes.</summary>
    static abstract (TVector Low, TVector High) Two4(TVector a, TVector b);
}
