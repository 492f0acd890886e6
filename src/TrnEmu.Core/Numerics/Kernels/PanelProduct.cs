using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// 64 columns of a product: the moving operand's columns widened to fp32 into [depth][64], which fits the first-level
/// cache for up to 128 terms and the second-level cache for 512, then every block of six or four rows.
/// </summary>
internal static unsafe class PanelProduct
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = 64;

    /// <summary>Rows of the larger block.</summary>
    public const int BlockRows = 6;

    private const int CacheLine = 64;

    /// <summary>
    /// Widens the stationary operand to a[r, m] at r * <see cref="MatmulWorkspace.StationaryStride"/> + m, r the terms
    /// of a sum in order; scaled where its scales come with it.
    /// </summary>
    public static void LoadStationary(in MatmulInputs inputs, float* a, float* scales, bool isScaled)
    {
        const int Stride = MatmulWorkspace.StationaryStride;
        var m = inputs.Rows;
        InputRows.Pack(inputs, inputs.Stationary, 0, m, Lanes(Padded(m)), a, Stride);
        if (!inputs.IsScaled) return;
        ScaleRows.Load(inputs.StationaryScale, inputs.Groups, 0, m, Lanes(m), scales, Stride);
        if (isScaled) ScaleRows.Apply(scales, inputs.Groups, Lanes(m), a, Stride);
    }

    /// <summary>Columns 64 * index to 64 * index + 63 of the job, as many as there are.</summary>
    [SkipLocalsInit]
    public static void Run<TKernel>(PanelJob job, int index) where TKernel : struct, IMatmulKernel
    {
        ref readonly var inputs = ref job.Inputs;
        var sums = Math.Max(BlockRows, inputs.Groups);
        var bytes = stackalloc byte[(inputs.Depth + sums) * Width * sizeof(float) + CacheLine];
        var columns = (float*)(((nuint)bytes + CacheLine - 1) & ~(nuint)(CacheLine - 1));
        var rest = columns + inputs.Depth * Width;
        var first = index * Width;
        var count = Math.Min(Width, inputs.Columns - first);
        var inPlace = InPlace(inputs, first, count);
        if (inPlace != null)
        {
            var stride = (nint)(inputs.Moving.PartitionStride / sizeof(float));
            Blocks<TKernel>(job, new Panel(job, first, count, inputs.Depth, inPlace, stride, rest));
            return;
        }

        InputRows.Pack(inputs, inputs.Moving, first, count, Width, columns, Width);
        if (inputs.IsScaled)
        {
            ScaleRows.Load(inputs.MovingScale, inputs.Groups, first, count, Width, rest, Width);
            ScaleRows.Apply(rest, inputs.Groups, Width, columns, Width);
        }

        Blocks<TKernel>(job, new Panel(job, first, count, inputs.Depth, columns, Width, rest));
    }

    /// <summary>Every block of six or four rows of a panel.</summary>
    public static void Blocks<TKernel>(PanelJob job, in Panel panel) where TKernel : struct, IMatmulKernel
    {
        var padded = Padded(job.Psum.Partitions);
        var sixes = padded - 4 * (padded % 6 == 0 ? 0 : padded % 6 == 4 ? 1 : 2);
        for (var m = 0; m < sixes; m += 6) Block<TKernel>(job, panel, m, 6);
        for (var m = sixes; m < padded; m += 4) Block<TKernel>(job, panel, m, 4);
    }

    /// <summary>
    /// 64 columns of fp32 that lie without gaps, whose rows a kernel can take from where they are; else null.
    /// </summary>
    private static float* InPlace(in MatmulInputs inputs, int first, int count)
    {
        var moving = inputs.Moving;
        if (moving.DType != DType.Fp32 || moving.Stride3 != sizeof(float) || inputs.Layers != 1 || count != Width
            || moving.PartitionStride % sizeof(float) != 0)
        {
            return null;
        }

        var runs = new Runs(moving, 0, first, count);
        return runs.Next(out var address, out var length) && length == count ? (float*)address : null;
    }

    /// <summary>M rounded up to what blocks of six and four rows make: an even number from 4 on.</summary>
    private static int Padded(int m) => Math.Max(4, (m + 1) & ~1);

    /// <summary>Rounded up to whole vectors.</summary>
    private static int Lanes(int count) => (count + 15) & ~15;

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
        var (depth, lda) = (panel.Depth, MatmulWorkspace.StationaryStride);
        if (rows == 6)
            TKernel.Six(depth, job.Stationary + m, lda, panel.Columns, panel.Stride, c, ldc, direct && job.Accumulate);
        else
            TKernel.Four(depth, job.Stationary + m, lda, panel.Columns, panel.Stride, c, ldc, direct && job.Accumulate);
        if (!direct) BlockStore.Rows(job, m, here, panel.First, panel.Count, panel.Sums);
    }
}
