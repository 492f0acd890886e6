using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Kernels;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// The systolic array's product: psum[M, N] = or += stationary[K, M]ᵀ × moving[K, N]. For every output
/// <c>s = 0; for k ascending: s = fma(stationary[k, m], moving[k, n], s)</c> in fp32; then psum = round(s) or
/// round(psum + s), the sum rounded to fp32 first and to nearest even each time. A NaN is written as the quiet NaN 0x7fc00000
/// rounded to the destination. The bits are the same for every vector width and number of threads.
/// </summary>
public static unsafe class Matmul
{
    /// <summary>Largest K (partitions) and M (stationary free size).</summary>
    public const int MaxRows = 128;

    /// <summary>Largest N (moving free size): a whole PSUM partition of 16 KiB in bf16.</summary>
    public const int MaxColumns = 8192;

    private const int Panel = 64;

    /// <summary>
    /// psum (+)= stationaryᵀ × moving. Partitions and elements: psum M × N, stationary K × M, moving K × N, with
    /// K, M ≤ 128 and N ≤ 8192. Dtypes: each of fp32, bf16, fp16. Any levels; psum must not share bytes with an operand.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or dtypes are others than these.</exception>
    public static void Accumulate(
        in Tile psum, in Tile stationary, in Tile moving, bool accumulate, MatmulWorkspace workspace, int threads = 1) =>
        Run(psum, stationary, moving, accumulate, null, workspace, threads);

    /// <summary>
    /// The same, element (m, n) adding where bit n % 64 of <c>accumulateMask[m * ((N + 63) / 64) + n / 64]</c> is set and
    /// overwriting where it is clear.
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
        in Tile psum, in Tile stationary, in Tile moving, bool accumulate, ReadOnlySpan<ulong> mask, MatmulWorkspace workspace,
        int threads) where TKernel : struct, IMatmulKernel
    {
        fixed (ulong* bits = mask)
            Run(&RunPanel<TKernel>, psum, stationary, moving, accumulate, bits, workspace, threads);
    }

    private static void Run(
        in Tile psum, in Tile stationary, in Tile moving, bool accumulate, ulong* mask, MatmulWorkspace workspace, int threads)
    {
        delegate*<PanelJob, int, void> panel = Vector512.IsHardwareAccelerated ? &RunPanel<KernelVector512>
            : Vector256.IsHardwareAccelerated ? &RunPanel<KernelVector256>
            : &RunPanel<KernelScalar>;
        Run(panel, psum, stationary, moving, accumulate, mask, workspace, threads);
    }

    private static void Run(
        delegate*<PanelJob, int, void> panel, in Tile psum, in Tile stationary, in Tile moving, bool accumulate, ulong* mask,
        MatmulWorkspace workspace, int threads)
    {
        Check(psum, stationary, moving);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        LoadStationary(stationary, workspace.Stationary);
        var job = workspace.Job;
        job.Psum = psum;
        job.Moving = moving;
        job.Stationary = workspace.Stationary;
        job.Accumulate = accumulate;
        job.Mask = mask;
        job.Run(panel, (moving.Elements + Panel - 1) / Panel, threads);
        GC.KeepAlive(workspace);
    }

    private static void Check(in Tile psum, in Tile stationary, in Tile moving)
    {
        Require(psum.DType.IsFloat() && stationary.DType.IsFloat() && moving.DType.IsFloat(), "fp32, bf16 or fp16 expected");
        Require(stationary.Partitions == moving.Partitions && moving.Partitions <= MaxRows, "K differs or exceeds 128");
        Require(stationary.Elements == psum.Partitions && psum.Partitions <= MaxRows, "M differs or exceeds 128");
        Require(moving.Elements == psum.Elements && psum.Elements <= MaxColumns, "N differs or exceeds 8192");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new ArgumentException(message);
    }

    /// <summary>M rounded up to what rows of six and four make: an even number from 4 on.</summary>
    private static int Padded(int m) => Math.Max(4, (m + 1) & ~1);

    private static void LoadStationary(in Tile stationary, float* a)
    {
        var m = stationary.Elements;
        Pack(stationary, 0, m, Padded(m), a, MatmulWorkspace.StationaryStride);
    }

    /// <summary>dst[k, i] = fp32 of element (k, first + i) for i &lt; count, 0 for count ≤ i &lt; width.</summary>
    private static void Pack(in Tile tile, int first, int count, int width, float* dst, int stride)
    {
        if (tile.IsRow)
        {
            Widen.Rows(
                tile.DType, tile.Base + first * tile.DType.Size(), tile.PartitionStride, tile.Partitions, count, dst, stride);
        }

        for (var k = 0; k < tile.Partitions && !(tile.IsRow && count == width); k++, dst += stride)
        {
            if (!tile.IsRow) Widen.Elements(tile, k, first, count, dst);
            new Span<float>(dst + count, width - count).Clear();
        }
    }

    [SkipLocalsInit]
    private static void RunPanel<TKernel>(PanelJob job, int index) where TKernel : struct, IMatmulKernel
    {
        const int Line = 64;
        var bytes = stackalloc byte[(MaxRows * Panel + 6 * Panel) * sizeof(float) + Line];
        var b = (float*)(((nuint)bytes + Line - 1) & ~(nuint)(Line - 1));
        var first = index * Panel;
        var count = Math.Min(Panel, job.Moving.Elements - first);
        Pack(job.Moving, first, count, Panel, b, Panel);

        var padded = Padded(job.Psum.Partitions);
        var fours = padded % 6 == 0 ? 0 : padded % 6 == 4 ? 1 : 2;
        var block = b + MaxRows * Panel;
        for (var m = 0; m < padded; m += m < padded - 4 * fours ? 6 : 4)
            RunBlock<TKernel>(job, m, m < padded - 4 * fours ? 6 : 4, first, count, b, block);
    }

    /// <summary>Rows m to m + rows of a panel: in place where the kernel can write psum, else by way of a block of sums.</summary>
    private static void RunBlock<TKernel>(PanelJob job, int m, int rows, int first, int count, float* b, float* block)
        where TKernel : struct, IMatmulKernel
    {
        ref readonly var psum = ref job.Psum;
        var here = Math.Min(rows, psum.Partitions - m);
        var direct = here == rows && count == Panel && job.Mask == null && IsPlain(psum);
        var c = direct ? (float*)(psum.Base + m * psum.PartitionStride) + first : block;
        var ldc = direct ? (nint)(psum.PartitionStride / sizeof(float)) : Panel;
        var depth = job.Moving.Partitions;
        if (rows == 6)
            TKernel.Six(depth, job.Stationary + m, MatmulWorkspace.StationaryStride, b, c, ldc, direct && job.Accumulate);
        else
            TKernel.Four(depth, job.Stationary + m, MatmulWorkspace.StationaryStride, b, c, ldc, direct && job.Accumulate);
        for (var r = 0; r < here && !direct; r++)
        {
            var mask = job.Mask == null ? null : job.Mask + (m + r) * job.MaskStride;
            BlockStore.Row(psum, m + r, first, count, block + r * Panel, job.Accumulate, mask);
        }
    }

    private static bool IsPlain(in Tile psum) =>
        psum.DType == DType.Fp32 && psum.IsRow && psum.PartitionStride % sizeof(float) == 0;
}
