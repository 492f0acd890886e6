using System.Runtime.InteropServices;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// Scratch of <see cref="Matmul"/>: the stationary matrix widened to fp32, [512][144] floats (144, since a power of two
/// would put one column of its rows into few cache sets), and its scales, [16][144]. One matmul at a time may use it.
/// </summary>
public sealed unsafe class MatmulWorkspace : IDisposable
{
    /// <summary>Floats from one row of the widened stationary matrix to the next.</summary>
    internal const int StationaryStride = 144;

    private const int Groups = Matmul.MaxDepth / MatmulInputs.GroupTerms;
    private const int CacheLine = 64;

    /// <summary>Reserves the scratch.</summary>
    public MatmulWorkspace() =>
        Stationary = (float*)NativeMemory.AlignedAlloc(
            (Matmul.MaxDepth + Groups) * StationaryStride * sizeof(float), CacheLine);

    /// <summary>Frees a workspace that was not disposed of.</summary>
    ~MatmulWorkspace() => Free();

    /// <summary>The stationary matrix: term r of column m at r * <see cref="StationaryStride"/> + m.</summary>
    internal float* Stationary { get; private set; }

    /// <summary>Its scales: group g of column m at g * <see cref="StationaryStride"/> + m.</summary>
    internal float* StationaryScales => Stationary + Matmul.MaxDepth * StationaryStride;

    /// <summary>The panels of the matmul that runs now, and who takes part.</summary>
    internal PanelJob Job { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Stationary);
        Stationary = null;
    }
}
