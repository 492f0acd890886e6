using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// fp8 operands in double rows: two terms of a sum lie in each partition and every cell of the array multiplies both at
/// once, so that 256 terms take the time of 128. Products of fp8 numbers are exact in fp32, hence y is as exact as the
/// fp8 operands are; what they cost in quality was lost before.
/// </summary>
[Kernel("matmul_fp8", Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N], fp8 operands in double rows", MinGeneration = 3)]
public sealed class MatmulFp8 : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => MatmulProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MatmulProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var p = new MatmulProblem(k, sizes, dtype, operands: DType.Fp8E4M3);
        Chunk[] terms = [.. Chunk.Each(p.K, DoubleRows.Height)];
        TensorView[] left = [.. terms.Select(t => DoubleRows.Load(k, "left", p.LhsT[t]))];
        TensorView[] right = [.. terms.Select(t => DoubleRows.Load(k, "right", p.Rhs[t]))];
        foreach (var m in p.Rows)
        {
            foreach (var n in p.Columns)
            {
                var sums = k.Psum("sums", DType.Fp32, [m.Length, n.Length]);
                foreach (var (t, _, _) in terms)
                {
                    k.Issue(new NcMatmul(
                        sums, left[t][.., .., m], right[t][.., .., n], Accumulate: t > 0,
                        PerfMode: MatmulPerfMode.DoubleRow));
                }

                p.Evict(k, sums, m, n);
            }
        }
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => MatmulProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => MatmulProblem.Reference(sizes, data);
}
