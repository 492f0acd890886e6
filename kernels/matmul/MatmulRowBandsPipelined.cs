namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Two buffers take turns: the Tensor engine waits for neither the taking out nor the zeroing.
/// </summary>
[Kernel("matmul_row_bands_pipelined",
    Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N], bands of 128 rows, two buffers of sums")]
public sealed class MatmulRowBandsPipelined : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => RowBands.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MatmulProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype) => RowBands.Build(k, sizes, dtype, buffers: 2);

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => MatmulProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => MatmulProblem.Reference(sizes, data);
}
