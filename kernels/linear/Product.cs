using TrnEmu.Kernels.Matmul;

namespace TrnEmu.Kernels.Linear;

/// <summary>Products of turned rows with a weight matrix that streams from HBM.</summary>
internal static class Product
{
    /// <summary>Columns of a product that are made at once: fp32 sums of one PSUM bank.</summary>
    public const int Columns = MatmulProblem.TileN;

    // Rows of the weights that come in one load: with 512 fp32 columns 32 KiB of each partition, so that the next load
    // has room beside it.
    private const int BlockK = 16 * MatmulProblem.TileK;

    /// <summary>
    /// Type in which a factor enters the array: fp32 where one of both is wide, which the array multiplies with its like
    /// only; else fp16 as it is, and bf16, which holds all that narrower types do. Nothing is rounded, and every array
    /// takes and turns these types.
    /// </summary>
    public static DType TypeOf(DType factor, DType other) =>
        IsWide(factor) || IsWide(other) ? DType.Fp32 : factor == DType.Fp16 ? DType.Fp16 : DType.Bf16;

    /// <summary>
    /// Sums [T, n] in PSUM of turned rows [K, T] times columns n of weights [K, N] in HBM, for each piece of the rows:
    /// what is loaded of the weights serves all of them.
    /// </summary>
    public static TensorView[] Sums(KernelBuilder k, IReadOnlyList<TensorView> turned, TensorView weights, Chunk n)
    {
        TensorView[] sums = [.. turned.Select(rows => k.Psum("sums", DType.Fp32, [rows.Shape[2], n.Length]))];
        var type = TypeOf(weights.DType, turned[0].DType);
        foreach (var block in Chunk.Each(weights.Shape[0], BlockK))
        {
            var resident = ResidentRows.Load(k, "weights", weights[block, n], type);
            for (var i = 0; i < sums.Length; i++) Add(k, sums[i], turned[i], resident, block);
        }

        return sums;
    }

    private static void Add(KernelBuilder k, TensorView sums, TensorView turned, TensorView resident, Chunk block)
    {
        foreach (var t in Chunk.Each(block.Length, MatmulProblem.TileK))
        {
            var slot = (block.Start / MatmulProblem.TileK) + t.Index;
            var isFirst = slot == 0;
            k.Issue(new NcMatmul(sums, turned[..t.Length, slot], resident.Step(t), Accumulate: !isFirst));
        }
    }

    private static bool IsWide(DType dtype) => dtype is DType.Fp32 or DType.Tf32;
}
