using System.Runtime.InteropServices;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// Scratch of <see cref="Matmul"/>: the stationary matrix widened to fp32, [128][144] floats (144, since a power of two
/// would put one column of 128 rows into few cache sets). One matmul at a time may use it.
/// </summary>
public sealed unsafe class MatmulWorkspace : IDisposable
{
    /// <summary>Floats from one row of the widened stationary matrix to the next.</summary>
    internal const int StationaryStride = 144;

    private const int Rows = 128;
    private const int CacheLine = 64;

    /// <summary>Reserves the scratch.</summary>
    public MatmulWorkspace() =>
        Stationary = (float*)NativeMemory.AlignedAlloc(Rows * StationaryStride * sizeof(float), CacheLine);

    /// <summary>Frees a workspace that was not disposed of.</summary>
    ~MatmulWorkspace() => Free();

    /// <summary>The stationary matrix: element (k, m) at k * <see cref="StationaryStride"/> + m.</summary>
    internal float* Stationary { get; private set; }

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
