namespace TrnEmu.Kernels.Transpose;

/// <summary>What the transposing kernels have in common: y[N,M] = x[M,N].T.</summary>
internal static class TransposeProblem
{
    public static IReadOnlyList<Dimension> Dimensions { get; } =
        [new("M", 512, "rows of x"), new("N", 512, "columns of x")];

    public static IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("ragged", DType.Fp32, ("M", 200), ("N", 333)),
        new("row", DType.Fp16, ("M", 1), ("N", 130)),
    ];

    public static void Reference(Sizes sizes, ReferenceData data)
    {
        var (rows, columns) = (sizes["M"], sizes["N"]);
        var (x, y) = (data["x"], data["y"]);
        for (var m = 0; m < rows; m++)
        {
            for (var n = 0; n < columns; n++) y[n * rows + m] = x[m * columns + n];
        }
    }
}
