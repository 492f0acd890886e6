namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// What the steps of the ladder have in common: y[M,N] = lhsT[K,M].T @ rhs[K,N], cut into tiles of 128 rows of y, 512
/// columns (a PSUM bank of fp32) and 128 rows of K (the height of the array).
/// </summary>
internal sealed class MatmulProblem
{
    public const int TileM = 128;
    public const int TileN = 512;
    public const int TileK = 128;

    /// <summary>Declares inputs and output, of one dtype unless the operands have another.</summary>
    public MatmulProblem(KernelBuilder k, Sizes sizes, DType dtype, DType? operands = null)
    {
        (M, N, K, DType) = (sizes["M"], sizes["N"], sizes["K"], dtype);
        LhsT = k.Input("lhsT", operands ?? dtype, [K, M]);
        Rhs = k.Input("rhs", operands ?? dtype, [K, N]);
        Y = k.Output("y", dtype, [M, N]);
    }

    public static IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("M", 512, "rows of y"),
        new("N", 512, "columns of y"),
        new("K", 512, "terms of each sum"),
    ];

    public static IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("ragged", DType.Fp32, ("M", 200), ("N", 700), ("K", 300)),
        new("row", DType.Fp16, ("M", 1), ("N", 513), ("K", 130)),
        new("deep", DType.Bf16, ("M", 64), ("N", 520), ("K", 1100)),
        new("wide", DType.Bf16, ("M", 520), ("N", 1030), ("K", 32)),
    ];

    public int M { get; }

    public int N { get; }

    public int K { get; }

    public DType DType { get; }

    public TensorView LhsT { get; }

    public TensorView Rhs { get; }

    public TensorView Y { get; }

    public IEnumerable<Chunk> Rows => Chunk.Each(M, TileM);

    public IEnumerable<Chunk> Columns => Chunk.Each(N, TileN);

    public IEnumerable<Chunk> Terms => Chunk.Each(K, TileK);

    public static long Macs(Sizes sizes) => (long)sizes["M"] * sizes["N"] * sizes["K"];

    public static void Reference(Sizes sizes, ReferenceData data) =>
        Reference(sizes, data["lhsT"], data["rhs"], data["y"]);

    public static void Reference(Sizes sizes, double[] lhsT, double[] rhs, double[] y)
    {
        var (rows, columns, terms) = (sizes["M"], sizes["N"], sizes["K"]);
        for (var k = 0; k < terms; k++)
        {
            for (var m = 0; m < rows; m++)
            {
                for (var n = 0; n < columns; n++) y[m * columns + n] += lhsT[k * rows + m] * rhs[k * columns + n];
            }
        }
    }

    /// <summary>Rounds a finished tile of sums to the dtype of y, on Vector, and stores it.</summary>
    public void Evict(KernelBuilder k, TensorView sums, Chunk m, Chunk n)
    {
        var result = k.Sbuf("result", DType, sums.Shape);
        k.Issue(new TensorCopy(result, sums), Engine.Vector);
        k.Issue(new DmaCopy(Y[m, n], result));
    }
}
