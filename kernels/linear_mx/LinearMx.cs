using TrnEmu.Kernels.Linear;
using TrnEmu.Kernels.Matmul;

namespace TrnEmu.Kernels.LinearMx;

/// <summary>
/// A layer whose weights are microscaled: the rows are quantised on the chip, stay in the array, and the weights stream
/// through it as they lie in HBM, four terms of a sum in each cell. What follows the product happens in fp32.
/// </summary>
public static class LinearMx
{
    private const int Quadrant = 32;
    private const int QuadrantScales = 4;

    /// <summary>Records y = activation(mx(x) @ w + bias) + residual.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, O] in HBM; results are rounded to its dtype once.</param>
    /// <param name="x">[T, I] in HBM, fp32, bf16 or fp16.</param>
    /// <param name="w">[P, O] in HBM, packed by four rows; P is ceil(I / 128) * 32.</param>
    /// <param name="scale">e8m0 [P / 8, O] in HBM, one for 32 rows.</param>
    /// <param name="bias">[O] in HBM, or null.</param>
    /// <param name="activation">Function of the biased product.</param>
    /// <param name="residual">[T, O] in HBM, or null.</param>
    public static void Emit(
        KernelBuilder k, TensorView y, TensorView x, TensorView w, TensorView scale, TensorView? bias,
        ActivationFunction activation, TensorView? residual)
    {
        foreach (var t in Chunk.Each(y.Shape[0], Limits.Partitions))
        {
            var rows = QuantisedRows.Load(k, x[t]);
            foreach (var o in Chunk.Each(y.Shape[1], MatmulProblem.TileN))
            {
                var sums = Sums(k, rows, w[.., o], scale[.., o])[..t.Length];
                var value = new RowAddend(bias?.Reshape([y.Shape[1]])[o]).Add(k, sums);
                Epilogue.Finish(k, y[t, o], value, activation, residual?[t, o]);
            }
        }
    }

    private static TensorView Sums(KernelBuilder k, IReadOnlyList<MxRows> rows, TensorView w, TensorView scale)
    {
        var sums = k.Psum("sums", DType.Fp32, [rows[0].Elements.Shape[1], w.Shape[1]]);
        foreach (var step in Chunk.Each(w.Shape[0], Limits.Partitions))
        {
            var weights = Weights(k, w[step], scale, step);
            k.Issue(new NcMatmulMx(
                sums, rows[step.Index].Elements, weights.Elements, rows[step.Index].Scales, weights.Scales,
                Accumulate: step.Index > 0));
        }

        return sums;
    }

    /// <summary>The scales of 32 partitions lie in the first four of them.</summary>
    private static MxRows Weights(KernelBuilder k, TensorView w, TensorView scale, Chunk step)
    {
        var elements = k.Sbuf("weights", w.DType, w.Shape);
        var scales = k.Sbuf("scales", scale.DType, w.Shape);
        k.Issue(new DmaCopy(elements, w));
        for (var p = 0; p < step.Length; p += Quadrant)
        {
            var first = (step.Start + p) / Quadrant * QuadrantScales;
            k.Issue(new DmaCopy(scales[p..(p + QuadrantScales)], scale[first..(first + QuadrantScales)]));
        }

        return new MxRows(elements, scales);
    }
}
