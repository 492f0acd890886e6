namespace TrnEmu.Kernels.CacheAppend;

/// <summary>New rows of a cache, copied within HBM to an address that a register holds. No engine computes.</summary>
[Kernel("cache_append", Summary = "cache[P + t, W] = rows[t, W] for T rows; the others stay")]
public sealed class CacheAppend : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
        [new("T", 1, "rows that come"), new("W", 512, "columns"), .. PositionInput.Dimensions];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("prefill", DType.Fp32, ("T", 128), ("W", 32), ("P", 0)),
        new("full", DType.Fp32, ("T", 3), ("W", 33), ("R", 0)),
    ];

    /// <summary>
    /// Records cache[position + t] = rows[t]; values are converted where the cache has another dtype.
    /// </summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="cache">[S, W] in HBM.</param>
    /// <param name="rows">[T, W] in HBM.</param>
    /// <param name="position">int32 [1, 1] in HBM: 0 to S - T, anything else is a fault.</param>
    public static void Emit(KernelBuilder k, TensorView cache, TensorView rows, TensorView position)
    {
        var start = k.NewRegister();
        k.Issue(new RegisterLoad(start, position));
        k.Issue(new DmaCopy(cache.At(start, dimension: 0, count: rows.Shape[0]), rows));
    }

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var before = new TensorContent(ContentKind.Random);
        var cache = k.InOut("cache", dtype, [PositionInput.Rows(sizes), sizes["W"]], before);
        var rows = k.Input("rows", dtype, [sizes["T"], sizes["W"]]);
        Emit(k, cache, rows, PositionInput.Declare(k, sizes));
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) =>
        data["rows"].CopyTo(data["cache"], sizes["P"] * sizes["W"]);
}
