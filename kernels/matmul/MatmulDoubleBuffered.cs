using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Fourth step: two banks take turns. Vector takes out the sums of one tile while the Tensor engine makes those of the
/// next.
/// </summary>
[Kernel("matmul_double_buffered", Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N], operands resident, two PSUM buffers")]
public sealed class MatmulDoubleBuffered : IKernel
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
        TensorView[] banks = [k.Psum("even", DType.Fp32, [TileM, TileN]), k.Psum("odd", DType.Fp32, [TileM, TileN])];
        var tile = 0;
        foreach (var m in p.Rows)
        {
            foreach (var n in p.Columns)
            {
                var sums = banks[tile++ % 2][..m.Length, ..n.Length];
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
