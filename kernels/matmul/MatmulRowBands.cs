namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// One buffer: between two bands the Tensor engine waits until Vector has taken out the sums and zeroed the buffer.
/// </summary>
[Kernel("matmul_row_bands", Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N], bands of 128 rows, one buffer of sums")]
public sealed class MatmulRowBands : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => RowBands.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MatmulProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype) => RowBands.Build(k, sizes, dtype, buffers: 1);

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => MatmulProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => MatmulProblem.Reference(sizes, data);
}
