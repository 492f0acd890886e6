namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// A square of as many elements a side as a vector holds: dst[j, i] = src[i, j]. With n rows held as vectors,
/// interleaving row i with row i + n / 2 for every i &lt; n / 2, and doing that log2 n times, transposes them.
/// </summary>
internal unsafe interface ITransposeBlock
{
    /// <summary>False where the host lacks the interleaving instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Moves one square; rows are the given numbers of bytes apart.</summary>
    static abstract void Run(byte* dst, long dstStride, byte* src, long srcStride);
}
