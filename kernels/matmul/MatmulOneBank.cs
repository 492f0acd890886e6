using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Third step: both operands are loaded once and stay in SBUF. Now the Tensor engine waits only for PSUM: there is one
/// bank of sums, and the next tile cannot start before Vector has taken the last one out.
/// </summary>
[Kernel("matmul_one_bank", Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N], operands resident, one PSUM buffer")]
public sealed class MatmulOneBank : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => MatmulProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MatmulProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var p = new MatmulProblem(k, sizes, dtype);
        var left = ResidentRows.Load(k, "left", p.LhsT);
        var right = ResidentRows.Load(k, "right", p.Rhs);
        var bank = k.Psum("sums", DType.Fp32, [TileM, TileN]);
        foreach (var m in p.Rows)
        {
            foreach (var n in p.Columns)
            {
                var sums = bank[..m.Length, ..n.Length];
                foreach (var t in p.Terms)
                    k.Issue(new NcMatmul(sums, left.Step(t, m), right.Step(t, n), Accumulate: t.Index > 0));
                p.Evict(k, sums, m, n);
            }
        }
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => MatmulProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => MatmulProblem.Reference(sizes, data);
}
