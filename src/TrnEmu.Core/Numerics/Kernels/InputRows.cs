using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>Inputs of a product as rows of fp32: one for each term of the sums, in the order of addition.</summary>
internal static unsafe class InputRows
{
    /// <summary>
    /// dst[r * stride + i] = fp32 of term r of column first + i for i &lt; count, 0 for count ≤ i &lt; width. Terms
    /// ascend by partition, inside a partition by layer or by place in the packed element.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(
        in MatmulInputs inputs, in Tile tile, int first, int count, int width, float* dst, int stride)
    {
        var layers = inputs.Layers;
        for (var layer = 0; layer < layers; layer++)
        {
            var runs = new Runs(tile, 0, layer * (tile.Elements / layers) + first, count);
            for (var i = 0; runs.Next(out var src, out var length); i += length)
            {
                if (inputs.IsScaled) WidenPacked.Rows(tile, src, length, dst + i, stride);
                else Widen.Rows(tile, src, length, dst + layer * stride + i, stride * layers);
            }
        }

        // What the padding holds is never written to psum; zeros keep it from being slow (subnormals).
        if (count == width) return;
        for (var k = 0; k < inputs.Depth; k++) new Span<float>(dst + k * stride + count, width - count).Clear();
    }
}
