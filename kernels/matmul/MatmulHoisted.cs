using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Second step: loads leave the innermost loop. A strip of columns comes with all its rows at once: of lhsT for each m,
/// of rhs for each (m, n), each into one buffer. Products of one tile follow one another, tiles still wait for loads.
/// </summary>
[Kernel("matmul_hoisted", Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N], loads hoisted out of the innermost loop")]
public sealed class MatmulHoisted : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => MatmulProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MatmulProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var p = new MatmulProblem(k, sizes, dtype);
        var slots = p.Terms.Count();
        var left = k.Sbuf("left", dtype, [TileK, slots, TileM]);
        var right = k.Sbuf("right", dtype, [TileK, slots, TileN]);
        var bank = k.Psum("sums", DType.Fp32, [TileM, TileN]);
        foreach (var m in p.Rows)
        {
            var a = left[.., .., ..m.Length];
            ResidentRows.Load(k, a, p.LhsT[.., m]);
            foreach (var n in p.Columns)
            {
                var b = right[.., .., ..n.Length];
                ResidentRows.Load(k, b, p.Rhs[.., n]);
                var sums = bank[..m.Length, ..n.Length];
                foreach (var t in p.Terms)
                    k.Issue(new NcMatmul(sums, a.Step(t), b.Step(t), Accumulate: t.Index > 0));
                p.Evict(k, sums, m, n);
            }
        }
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => MatmulProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => MatmulProblem.Reference(sizes, data);
}
