namespace TrnEmu.Kernels.Linear;

/// <summary>What the linear kernels have in common: x[T,I] @ w[I,O].</summary>
internal static class LinearProblem
{
    public static IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("T", 128, "rows: tokens", Maximum: Limits.Partitions),
        new("I", 512, "features of x"),
        new("O", 512, "features of y"),
    ];

    public static IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("decode", DType.Fp32, ("T", 1), ("I", 64), ("O", 172)),
        new("ragged", DType.Fp32, ("T", 17), ("I", 300), ("O", 700)),
        new("deep", DType.Bf16, ("T", 5), ("I", 2200), ("O", 40)),
        new("wide", DType.Fp32, ("T", 128), ("I", 640), ("O", 1030)),
    ];

    public static long Macs(Sizes sizes) => (long)sizes["T"] * sizes["I"] * sizes["O"];

    public static void Multiply(Sizes sizes, double[] x, double[] w, double[] y)
    {
        var (inputs, outputs) = (sizes["I"], sizes["O"]);
        for (var t = 0; t < sizes["T"]; t++)
        {
            for (var i = 0; i < inputs; i++)
            {
                for (var o = 0; o < outputs; o++) y[t * outputs + o] += x[t * inputs + i] * w[i * outputs + o];
            }
        }
    }
}
