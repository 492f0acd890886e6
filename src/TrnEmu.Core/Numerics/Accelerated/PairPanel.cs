using System.Runtime.CompilerServices;
using TrnEmu.Core.Numerics.Kernels;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// 64 columns of a product by the dot-product instruction: the moving operand's columns as pairs [terms / 2][64], then
/// every block of six or four rows. A panel that might meet a denormal is left to fma.
/// </summary>
internal static unsafe class PairPanel
{
    private const int CacheLine = 64;

    /// <summary>True for inputs whose every value bf16 has.</summary>
    public static bool Takes(in MatmulInputs inputs) =>
        !inputs.IsScaled && PairRows.Holds(inputs.Stationary.DType) && PairRows.Holds(inputs.Moving.DType);

    /// <summary>
    /// Packs the stationary operand, rows <see cref="MatmulWorkspace.StationaryStride"/> pairs apart, and gives its
    /// smallest exponent.
    /// </summary>
    public static int LoadStationary(in MatmulInputs inputs, float* a)
    {
        const int Stride = MatmulWorkspace.StationaryStride;
        var least = ExactRange.NoElements;
        for (var m = 0; m < inputs.Rows; m += PairRows.Width)
        {
            var count = Math.Min(PairRows.Width, inputs.Rows - m);
            least = Math.Min(least, PairRows.Pack(inputs, inputs.Stationary, m, count, (uint*)a + m, Stride));
        }

        return least;
    }

    /// <summary>Columns 64 * index to 64 * index + 63 of the job, as many as there are; or notes that they are left.</summary>
    [SkipLocalsInit]
    public static void Run(PanelJob job, int index)
    {
        const int Width = PanelProduct.Width;
        ref readonly var inputs = ref job.Inputs;
        var pairs = (inputs.Depth + 1) / 2;
        var bytes = stackalloc byte[(pairs + PanelProduct.BlockRows) * Width * sizeof(float) + CacheLine];
        var columns = (float*)(((nuint)bytes + CacheLine - 1) & ~(nuint)(CacheLine - 1));
        var first = index * Width;
        var count = Math.Min(Width, inputs.Columns - first);
        var least = PairRows.Pack(inputs, inputs.Moving, first, count, (uint*)columns, Width);
        if (ExactRange.Holds(job.StationaryLeast, least))
            PanelProduct.Blocks<KernelDot>(job, new Panel(job, first, count, pairs, columns, Width, columns + pairs * Width));
        else
            job.Leave(index);
    }

    /// <summary>The same columns by fma, if they were left.</summary>
    public static void RunLeft(PanelJob job, int index)
    {
        if (job.IsLeft(index)) PanelProduct.Run<KernelVector512>(job, index);
    }
}
