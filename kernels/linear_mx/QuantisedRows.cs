using TrnEmu.Kernels.Matmul;

namespace TrnEmu.Kernels.LinearMx;

/// <summary>Rows x[T, I] in microscaled form with their features on partitions, 512 features a step.</summary>
internal static class QuantisedRows
{
    private const int Parts = 4;
    private const int Multiple = 32 * Parts;

    /// <summary>
    /// Loads up to 128 rows of HBM, fp32 as bf16. Features are filled up to whole quadrants and rows to an even number
    /// by zeros, which change neither a scale nor a sum.
    /// </summary>
    public static IReadOnlyList<MxRows> Load(KernelBuilder k, TensorView x)
    {
        var (count, features) = (x.Shape[0], x.Shape[1]);
        var dtype = x.DType == DType.Fp16 ? DType.Fp16 : DType.Bf16;
        int[] shape = [count + count % 2, (features + Multiple - 1) / Multiple * Multiple];
        var rows = k.Sbuf("rows", dtype, shape);
        if (shape[0] > count || shape[1] > features) k.Issue(new Memset(rows, 0));
        k.Issue(new DmaCopy(rows[..count, ..features], x));
        return [.. Chunk.Each(shape[1], MxRows.Height).Select(step => Quantise(k, rows[.., step]))];
    }

    /// <summary>Feature 4 p + j of the rows becomes part j of the elements of partition p.</summary>
    private static MxRows Quantise(KernelBuilder k, TensorView rows)
    {
        var (count, partitions) = (rows.Shape[0], rows.Shape[1] / Parts);
        var fours = rows.Reshape([count, partitions, Parts]);
        var bank = k.Psum("flipped", rows.DType, [partitions, Parts, count]);
        for (var j = 0; j < Parts; j++) k.Issue(new NcTranspose(bank[.., j], fours[.., .., j]), Engine.Tensor);
        var turned = k.Sbuf("turned", rows.DType, [partitions, count, Parts]);
        k.Issue(new TensorCopy(turned, bank.Permute([0, 2, 1])));
        var elements = k.Sbuf("elements", DType.Fp8E4M3FnX4, [partitions, count]);
        var scales = k.Sbuf("row_scales", DType.E8M0, [partitions, count]);
        k.Issue(new QuantizeMx(elements, turned.Reshape([partitions, count * Parts]), scales));
        return new MxRows(elements, scales);
    }
}
