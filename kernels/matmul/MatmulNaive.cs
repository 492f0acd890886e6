using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// First step: both tiles are loaded where they are needed, in the innermost loop. Every product brings two small
/// transfers, and starting them takes longer than the product itself. One PSUM buffer holds the sums.
/// </summary>
[Kernel("matmul_naive", Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N], loads in the innermost loop")]
public sealed class MatmulNaive : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => MatmulProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MatmulProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var p = new MatmulProblem(k, sizes, dtype);
        var bank = k.Psum("sums", DType.Fp32, [TileM, TileN]);
        foreach (var m in p.Rows)
        {
            foreach (var n in p.Columns)
            {
                var sums = bank[..m.Length, ..n.Length];
                foreach (var t in p.Terms)
                {
                    var left = k.Sbuf("left", dtype, [t.Length, m.Length]);
                    var right = k.Sbuf("right", dtype, [t.Length, n.Length]);
                    k.Issue(new DmaCopy(left, p.LhsT[t, m]));
                    k.Issue(new DmaCopy(right, p.Rhs[t, n]));
                    k.Issue(new NcMatmul(sums, left, right, Accumulate: t.Index > 0));
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
