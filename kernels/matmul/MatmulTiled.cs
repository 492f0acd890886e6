using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// The naive loop with a bank of PSUM of its own for each tile of y, so that the next tile starts while the last one is
/// taken out. Loads still stand in the innermost loop, and bound it.
/// </summary>
[Kernel("matmul_tiled", Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N], loads in the innermost loop, a bank for each tile")]
public sealed class MatmulTiled : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => MatmulProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MatmulProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var p = new MatmulProblem(k, sizes, dtype);
        foreach (var m in p.Rows)
        {
            foreach (var n in p.Columns)
            {
                var sums = k.Psum("sums", DType.Fp32, [m.Length, n.Length]);
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
