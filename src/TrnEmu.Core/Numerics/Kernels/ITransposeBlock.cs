namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// Squares below one another, one for each lane of a vector, of as many elements a side as a lane holds: dst[j, i] =
/// src[i, j]. With the n rows of a square held in n vectors, interleaving row i with row i + n / 2 for every i &lt; n / 2,
/// and doing that log2 n times, transposes it.
/// </summary>
internal unsafe interface ITransposeBlock
{
    /// <summary>Moves the squares; rows are the given numbers of bytes apart.</summary>
    static abstract void Run<TLanes, TVector>(byte* dst, long dstStride, byte* src, long srcStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}
