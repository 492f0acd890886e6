namespace TrnEmu.Kernels.ExpTile;

/// <summary>
/// y = exp(x) on one tile: a load, an activation, a store, each waiting for the one before. Nothing overlaps, so every
/// delay of the chip can be read off the timeline. Descriptors are made before the run.
/// </summary>
internal static class ExpProblem
{
    public static IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("M", Limits.Partitions, "rows", Maximum: Limits.Partitions),
        new("N", 128, "columns"),
    ];

    public static IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("square", DType.Bf16),
        new("wide", DType.Bf16, ("M", 4), ("N", 4096)),
        new("ragged", DType.Fp32, ("M", 3), ("N", 77)),
    ];

    /// <summary>Records it; one engine triggers both transfers.</summary>
    public static void Build(KernelBuilder k, Sizes sizes, DType dtype, Engine trigger)
    {
        int[] shape = [sizes["M"], sizes["N"]];
        var x = k.Input("x", dtype, shape);
        var y = k.Output("y", dtype, shape);
        var tile = k.Sbuf("tile", dtype, shape);
        var result = k.Sbuf("result", dtype, shape);
        k.Issue(new DmaCopy(tile, x, DgeMode: DgeMode.None), trigger);
        k.Issue(new Activation(result, ActivationFunction.Exp, tile), Engine.Scalar);
        k.Issue(new DmaCopy(y, result, DgeMode: DgeMode.None), trigger);
    }

    public static void Reference(ReferenceData data)
    {
        var (x, y) = (data["x"], data["y"]);
        for (var i = 0; i < y.Length; i++) y[i] = Math.Exp(x[i]);
    }
}
