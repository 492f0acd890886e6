namespace TrnEmu.Kernels.Mlp;

/// <summary>What the kernels of two-step layers have in common.</summary>
internal static class MlpProblem
{
    public static IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("T", 128, "rows: tokens", Maximum: Limits.Partitions),
        new("D", 256, "features of x and y"),
        new("F", 512, "hidden features"),
    ];

    public static IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("decode", DType.Fp32, ("T", 1), ("D", 64), ("F", 172)),
        new("ragged", DType.Fp32, ("T", 17), ("D", 140), ("F", 700)),
        new("wide", DType.Bf16, ("T", 3), ("D", 600), ("F", 1030)),
    ];

    /// <summary>a[rows, terms] @ b[terms, columns].</summary>
    public static double[] Multiply(double[] a, double[] b, int rows, int terms, int columns)
    {
        var y = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < terms; i++)
            {
                for (var column = 0; column < columns; column++)
                    y[row * columns + column] += a[row * terms + i] * b[i * columns + column];
            }
        }

        return y;
    }
}
