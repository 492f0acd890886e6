namespace TrnEmu.Kernels.CacheAppend;

/// <summary>
/// Where a sequence goes on: P rows are there, T rows come, R rows are free after them. The position is data, so that
/// one program serves every token.
/// </summary>
internal static class PositionInput
{
    /// <summary>Dimensions P and R of a kernel.</summary>
    public static IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("P", 100, "position: rows before the first token", Minimum: 0),
        new("R", 28, "free rows after the last token", Minimum: 0),
    ];

    /// <summary>Rows of a table that the tokens lie in.</summary>
    public static int Rows(Sizes sizes) => sizes["P"] + sizes["T"] + sizes["R"];

    /// <summary>An int32 [1, 1] in HBM that holds P: the last of the numbers 0, 1, …, P.</summary>
    public static TensorView Declare(KernelBuilder k, Sizes sizes) =>
        k.Input("positions", DType.Int32, [sizes["P"] + 1, 1], new TensorContent(ContentKind.Iota))[sizes["P"]..];
}
