using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Microscaled operands: bf16 comes from HBM, Vector quantises groups of 32 terms to e4m3fn with a scale each, and
/// every cell of the array multiplies four terms at once, so that 512 take the time of 128. The reference quantises
/// too: what is left to the tolerance are the sums in fp32 and the rounding of y. Against the operands as they came,
/// each factor is within 2^-4 of its value.
/// </summary>
[Kernel("matmul_mx", Summary = "y[M,N] = mx(lhsT[K,M]).T @ mx(rhs[K,N]), operands quantised on the chip",
    MinGeneration = 4)]
public sealed class MatmulMx : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => MatmulProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MatmulProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var p = new MatmulProblem(k, sizes, dtype, operands: DType.Bf16);
        Chunk[] terms = [.. Chunk.Each(p.K, MxRows.Height)];
        MxRows[] left = [.. terms.Select(t => MxRows.Load(k, "left", p.LhsT[t]))];
        MxRows[] right = [.. terms.Select(t => MxRows.Load(k, "right", p.Rhs[t]))];
        foreach (var m in p.Rows)
        {
            var rows = m with { Length = m.Length + m.Length % 2 };
            foreach (var n in p.Columns)
            {
                var sums = k.Psum("sums", DType.Fp32, [rows.Length, n.Length]);
                foreach (var (t, _, _) in terms)
                {
                    k.Issue(new NcMatmulMx(
                        sums, left[t].Elements[.., rows], right[t].Elements[.., n], left[t].Scales[.., rows],
                        right[t].Scales[.., n], Accumulate: t > 0));
                }

                p.Evict(k, sums[..m.Length], m, n);
            }
        }
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => MatmulProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => MatmulProblem.Reference(
        sizes, MxRows.Quantised(data["lhsT"], sizes["M"]), MxRows.Quantised(data["rhs"], sizes["N"]), data["y"]);
}
