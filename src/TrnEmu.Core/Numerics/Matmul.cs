using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Kernels;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// The systolic array's product: psum[M, N] = or += stationary[K, M]ᵀ × moving[K, N]. For every output <c>s = 0; for k
/// ascending: s = fma(stationary[k, m], moving[k, n], s)</c> in fp32; then psum = round(s) or round(psum + s), the sum
/// rounded to fp32 first and to nearest even each time. A NaN is written as the quiet NaN 0x7fc00000 rounded to the
/// destination. The bits are the same for every vector width and number of threads.
/// </summary>
public static unsafe class Matmul
{
    /// <summary>Largest K (partitions) and M (stationary free size).</summary>
    public const int MaxRows = 128;

    /// <summary>Largest N (moving free size): a whole PSUM partition of 16 KiB in bf16.</summary>
    public const int MaxColumns = 8192;

    /// <summary>
    /// psum (+)= stationaryᵀ × moving. Partitions and elements: psum M × N, stationary K × M, moving K × N, with K, M
    /// ≤ 128 and N ≤ 8192. Dtypes: each a float type. Any levels; psum must not share bytes with an operand.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or dtypes are others than these.</exception>
    public static void Accumulate(
        in Tile psum, in Tile stationary, in Tile moving, bool accumulate, MatmulWorkspace workspace,
        int threads = 1) =>
        Run(psum, stationary, moving, accumulate, null, workspace, threads);

    /// <summary>
    /// The same, element (m, n) adding where bit n % 64 of <c>accumulateMask[m * ((N + 63) / 64) + n / 64]</c> is set
    /// and overwriting where it is clear.
    /// </summary>
    /// <exception cref="ArgumentException">As above, or the mask has fewer than M * ((N + 63) / 64) words.</exception>
    public static void Accumulate(
        in Tile psum, in Tile stationary, in Tile moving, ReadOnlySpan<ulong> accumulateMask, MatmulWorkspace workspace,
        int threads = 1)
    {
        Require(accumulateMask.Length >= psum.Partitions * ((psum.Elements + 63) / 64), "mask too short");
        fixed (ulong* mask = accumulateMask)
            Run(psum, stationary, moving, false, mask, workspace, threads);
    }

    /// <summary>With a micro-kernel of the caller's choice.</summary>
    internal static void Run<TKernel>(
        in Tile psum, in Tile stationary, in Tile moving, bool accumulate, ReadOnlySpan<ulong> mask,
        MatmulWorkspace workspace, int threads) where TKernel : struct, IMatmulKernel
    {
        fixed (ulong* bits = mask)
            Run(&PanelProduct.Run<TKernel>, psum, stationary, moving, accumulate, bits, workspace, threads);
    }

    private static void Run(
        in Tile psum, in Tile stationary, in Tile moving, bool accumulate, ulong* mask, MatmulWorkspace workspace,
        int threads)
    {
        delegate*<PanelJob, int, void> panel = Vector512.IsHardwareAccelerated ? &PanelProduct.Run<KernelVector512>
            : Vector256.IsHardwareAccelerated ? &PanelProduct.Run<KernelVector256>
            : &PanelProduct.Run<KernelScalar>;
        Run(panel, psum, stationary, moving, accumulate, mask, workspace, threads);
    }

    private static void Run(
        delegate*<PanelJob, int, void> panel, in Tile psum, in Tile stationary, in Tile moving, bool accumulate,
        ulong* mask, MatmulWorkspace workspace, int threads)
    {
        Check(psum, stationary, moving);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        PanelProduct.LoadStationary(stationary, workspace.Stationary);
        var job = workspace.Job;
        job.Psum = psum;
        job.Moving = moving;
        job.Stationary = workspace.Stationary;
        job.Accumulate = accumulate;
        job.Mask = mask;
        job.Run(panel, (moving.Elements + PanelProduct.Width - 1) / PanelProduct.Width, threads);
        GC.KeepAlive(workspace);
    }

    private static void Check(in Tile psum, in Tile stationary, in Tile moving)
    {
        Require(psum.DType.IsFloat() && stationary.DType.IsFloat() && moving.DType.IsFloat(),
            "float types expected");
        Require(stationary.Partitions == moving.Partitions && moving.Partitions <= MaxRows, "K differs or exceeds 128");
        Require(stationary.Elements == psum.Partitions && psum.Partitions <= MaxRows, "M differs or exceeds 128");
        Require(moving.Elements == psum.Elements && psum.Elements <= MaxColumns, "N differs or exceeds 8192");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new ArgumentException(message);
    }
}
