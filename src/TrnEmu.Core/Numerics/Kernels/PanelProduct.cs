using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// 64 columns of a product: the moving operand's columns widened to fp32 into [K][64], small enough for the
/// first-level cache, then every block of six or four rows.
/// </summary>
internal static unsafe class PanelProduct
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = 64;

    private const int BlockRows = 6;
    private const int CacheLine = 64;

    /// <summary>
    /// Widens the stationary operand to a[k, m] at k * <see cref="MatmulWorkspace.StationaryStride"/> + m.
    /// </summary>
    public static void LoadStationary(in Tile stationary, float* a)
    {
        var m = stationary.Elements;
        Pack(stationary, 0, m, Padded(m), a, MatmulWorkspace.StationaryStride);
    }

    /// <summary>Columns 64 * index to 64 * index + 63 of the job, as many as there are.</summary>
    [SkipLocalsInit]
    public static void Run<TKernel>(PanelJob job, int index) where TKernel : struct, IMatmulKernel
    {
        var bytes = stackalloc byte[(Matmul.MaxRows + BlockRows) * Width * sizeof(float) + CacheLine];
        var columns = (float*)(((nuint)bytes + CacheLine - 1) & ~(nuint)(CacheLine - 1));
        var first = index * Width;
        var count = Math.Min(Width, job.Moving.Elements - first);
        Pack(job.Moving, first, count, Width, columns, Width);

        var panel = new Panel(first, count, columns, columns + Matmul.MaxRows * Width, Target(job, first));
        var padded = Padded(job.Psum.Partitions);
        var sixes = padded - 4 * (padded % 6 == 0 ? 0 : padded % 6 == 4 ? 1 : 2);
        for (var m = 0; m < sixes; m += 6) Block<TKernel>(job, panel, m, 6);
        for (var m = sixes; m < padded; m += 4) Block<TKernel>(job, panel, m, 4);
    }

    /// <summary>M rounded up to what blocks of six and four rows make: an even number from 4 on.</summary>
    private static int Padded(int m) => Math.Max(4, (m + 1) & ~1);

    /// <summary>dst[k, i] = fp32 of element (k, first + i) for i &lt; count, 0 for count ≤ i &lt; width.</summary>
    private static void Pack(in Tile tile, int first, int count, int width, float* dst, int stride)
    {
        var runs = new Runs(tile, 0, first, count);
        for (var i = 0; runs.Next(out var src, out var length); i += length)
            Widen.Rows(tile, src, length, dst + i, stride);

        // What the padding holds is never written to psum; zeros keep it from being slow (subnormals).
        if (count == width) return;
        for (var k = 0; k < tile.Partitions; k++) new Span<float>(dst + k * stride + count, width - count).Clear();
    }

    /// <summary>
    /// Where a kernel may write 64 sums of row 0 itself, and of the others a partition stride further: fp32, side by
    /// side and no mask; else null.
    /// </summary>
    private static float* Target(PanelJob job, int first)
    {
        ref readonly var psum = ref job.Psum;
        var plain = job.Mask == null && psum.DType == DType.Fp32 && psum.Stride3 == sizeof(float)
            && psum.PartitionStride % sizeof(float) == 0;
        var runs = new Runs(psum, 0, first, Math.Min(Width, psum.Elements - first));
        return runs.Next(out var address, out var length) && plain && length == Width ? (float*)address : null;
    }

    /// <summary>
    /// Rows m to m + rows of a panel: in place where the kernel can write psum, else by way of a block of sums.
    /// </summary>
    private static void Block<TKernel>(PanelJob job, in Panel panel, int m, int rows)
        where TKernel : struct, IMatmulKernel
    {
        var here = Math.Min(rows, job.Psum.Partitions - m);
        var direct = panel.Target != null && here == rows;
        var ldc = direct ? (nint)(job.Psum.PartitionStride / sizeof(float)) : Width;
        var c = direct ? panel.Target + m * ldc : panel.Sums;
        var (depth, lda) = (job.Moving.Partitions, MatmulWorkspace.StationaryStride);
        if (rows == 6)
            TKernel.Six(depth, job.Stationary + m, lda, panel.Columns, c, ldc, direct && job.Accumulate);
        else
            TKernel.Four(depth, job.Stationary + m, lda, panel.Columns, c, ldc, direct && job.Accumulate);
        if (!direct) BlockStore.Rows(job, m, here, panel.First, panel.Count, panel.Sums);
    }

    /// <summary>
    /// The widened columns [K][64], a block of sums [6][64], and the place of the columns in psum, if plain.
    /// </summary>
    private readonly struct Panel(int first, int count, float* columns, float* sums, float* target)
    {
        public readonly int First = first, Count = count;
        public readonly float* Columns = columns, Sums = sums, Target = target;
    }
}
