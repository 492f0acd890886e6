namespace TrnEmu.Kernels.ExpTile;

/// <summary>One tile, both transfers triggered by GpSimd.</summary>
[Kernel("exp_tile_gpsimd", Summary = "y[M,N] = exp(x[M,N]), one tile, DMA triggered by GpSimd")]
public sealed class ExpTileGpSimd : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => ExpProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => ExpProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype) => ExpProblem.Build(k, sizes, dtype, Engine.GpSimd);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => ExpProblem.Reference(data);
}
