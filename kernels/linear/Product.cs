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

    /// <summary>Type in which a factor enters the array: its own, but fp32 multiplies with fp32 only.</summary>
    public static DType TypeOf(TensorView factor, DType other) => other == DType.Fp32 ? DType.Fp32 : factor.DType;

    /// <summary>Sums [T, n] in PSUM of turned rows [K, T] times columns n of weights [K, N] in HBM.</summary>
    public static TensorView Sums(KernelBuilder k, TensorView turned, TensorView weights, Chunk n)
    {
        var sums = k.Psum("sums", DType.Fp32, [turned.Shape[2], n.Length]);
        var type = TypeOf(weights, turned.DType);
        foreach (var block in Chunk.Each(weights.Shape[0], BlockK))
        {
            var resident = ResidentRows.Load(k, "weights", weights[block, n], type);
            foreach (var t in Chunk.Each(block.Length, MatmulProblem.TileK))
            {
                var slot = (block.Start / MatmulProblem.TileK) + t.Index;
                var isFirst = slot == 0;
                k.Issue(new NcMatmul(sums, turned[..t.Length, slot], resident.Step(t), Accumulate: !isFirst));
            }
        }

        return sums;
    }
}
