namespace TrnEmu.Kernels.ExpTile;

/// <summary>One tile, both transfers triggered by Sync.</summary>
[Kernel("exp_tile", Summary = "y[M,N] = exp(x[M,N]), one tile, DMA triggered by Sync")]
public sealed class ExpTileSync : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => ExpProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => ExpProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype) => ExpProblem.Build(k, sizes, dtype, Engine.Sync);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => ExpProblem.Reference(data);
}
