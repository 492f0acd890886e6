using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// 64 columns of a product: the moving operand's columns widened to fp32 into [K][64], small enough for the first-level cache,
/// then every block of six or four rows.
/// </summary>
internal static unsafe class PanelProduct
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = 64;

    private const int BlockRows = 6;
    private const int CacheLine = 64;

    /// <summary>Widens the stationary operand to a[k, m] at k * <see cref="MatmulWorkspace.StationaryStride"/> + m.</summary>
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
        var b = (float*)(((nuint)bytes + CacheLine - 1) & ~(nuint)(CacheLine - 1));
        var block = b + Matmul.MaxRows * Width;
        var first = index * Width;
        var count = Math.Min(Width, job.Moving.Elements - first);
        Pack(job.Moving, first, count, Width, b, Width);

        var padded = Padded(job.Psum.Partitions);
        var sixes = padded - 4 * (padded % 6 == 0 ? 0 : padded % 6 == 4 ? 1 : 2);
        for (var m = 0; m < sixes; m += 6) Block<TKernel>(job, m, 6, first, count, b, block);
        for (var m = sixes; m < padded; m += 4) Block<TKernel>(job, m, 4, first, count, b, block);
    }

    /// <summary>M rounded up to what blocks of six and four rows make: an even number from 4 on.</summary>
    private static int Padded(int m) => Math.Max(4, (m + 1) & ~1);

    /// <summary>dst[k, i] = fp32 of element (k, first + i) for i &lt; count, 0 for count ≤ i &lt; width.</summary>
    private static void Pack(in Tile tile, int first, int count, int width, float* dst, int stride)
    {
        if (tile.IsRow)
        {
            var src = tile.Base + first * tile.DType.Size();
            Widen.Rows(tile.DType, src, tile.PartitionStride, tile.Partitions, count, dst, stride);
        }
        else
        {
            for (var k = 0; k < tile.Partitions; k++) Widen.Elements(tile, k, first, count, dst + k * stride);
        }

        if (count == width) return;
        for (var k = 0; k < tile.Partitions; k++) new Span<float>(dst + k * stride + count, width - count).Clear();
    }

    /// <summary>Rows m to m + rows of a panel: in place where the kernel can write psum, else by way of a block of sums.</summary>
    private static void Block<TKernel>(PanelJob job, int m, int rows, int first, int count, float* b, float* block)
        where TKernel : struct, IMatmulKernel
    {
        ref readonly var psum = ref job.Psum;
        if (job.IsPlain && count == Width && m + rows <= psum.Partitions)
        {
            var c = (float*)(psum.Base + m * psum.PartitionStride) + first;
            Multiply<TKernel>(job, m, rows, b, c, (nint)(psum.PartitionStride / sizeof(float)), job.Accumulate);
            return;
        }

        Multiply<TKernel>(job, m, rows, b, block, Width, accumulate: false);
        for (var r = 0; r < rows && m + r < psum.Partitions; r++)
        {
            var mask = job.Mask == null ? null : job.Mask + (m + r) * job.MaskStride;
            BlockStore.Row(psum, m + r, first, count, block + r * Width, job.Accumulate, mask);
        }
    }

    private static void Multiply<TKernel>(PanelJob job, int m, int rows, float* b, float* c, nint ldc, bool accumulate)
        where TKernel : struct, IMatmulKernel
    {
        if (rows == 6)
            TKernel.Six(job.Moving.Partitions, job.Stationary + m, MatmulWorkspace.StationaryStride, b, c, ldc, accumulate);
        else
            TKernel.Four(job.Moving.Partitions, job.Stationary + m, MatmulWorkspace.StationaryStride, b, c, ldc, accumulate);
    }
}
