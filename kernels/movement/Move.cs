using TrnEmu.Kernels.Elementwise;

namespace TrnEmu.Kernels.Movement;

/// <summary>
/// Elements from one place in HBM to another, by DMA alone: no engine computes, nothing comes to SBUF. Each transfer
/// moves up to 128 rows of up to 16 KiB.
/// </summary>
internal static class Move
{
    private const int RowBytes = 16 * 1024;

    /// <summary>Records dst = src, element by element.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="dst">In HBM.</param>
    /// <param name="src">In HBM, of dst's shape and dtype.</param>
    public static void Emit(KernelBuilder k, TensorView dst, TensorView src)
    {
        foreach (var tile in Tiling.Of(RowBytes / dst.DType.Size(), dst, src)) k.Issue(new DmaCopy(tile[0], tile[1]));
    }

    /// <summary>Records dst = one value.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="dst">In HBM.</param>
    /// <param name="value">An SBUF tensor [128, n] full of the value, of dst's dtype.</param>
    public static void Fill(KernelBuilder k, TensorView dst, TensorView value)
    {
        foreach (var tile in Tiling.Of(value.Shape[1], dst))
            k.Issue(new DmaCopy(tile[0], value[..tile.Shape[0], ..tile.Columns]));
    }

    /// <summary>The part of a tensor in HBM that has so many indices of a dimension from a first one on.</summary>
    public static TensorView Part(TensorView x, int dimension, int first, int count)
    {
        int[] shape = [.. x.Shape];
        shape[dimension] = count;
        return x.Strided(shape, x.Strides, first * x.Strides[dimension]);
    }
}
