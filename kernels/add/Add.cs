namespace TrnEmu.Kernels.Add;

/// <summary>
/// Two loads, one addition on Vector, one store for each tile of 128 rows of up to 8 KiB. Three transfers for each
/// addition: DMA bounds it.
/// </summary>
[Kernel("add", Summary = "z[M,N] = x[M,N] + y[M,N]")]
public sealed class Add : IKernel
{
    private const int RowBytes = 8 * 1024;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } = [new("M", 512, "rows"), new("N", 2048, "columns")];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("ragged", DType.Fp32, ("M", 300), ("N", 2500)),
        new("half", DType.Fp16, ("M", 7), ("N", 33)),
        new("integers", DType.Int32, ("M", 130), ("N", 40)),
    ];

    /// <summary>Records z = x + y.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="z">[M, N] in HBM.</param>
    /// <param name="x">[M, N] in HBM, of any dtype.</param>
    /// <param name="y">[M, N] in HBM, of any dtype.</param>
    public static void Emit(KernelBuilder k, TensorView z, TensorView x, TensorView y)
    {
        foreach (var m in Chunk.Each(z.Shape[0], Limits.Partitions))
        {
            foreach (var n in Chunk.Each(z.Shape[1], RowBytes / z.DType.Size()))
            {
                var a = k.Sbuf("a", x.DType, [m.Length, n.Length]);
                var b = k.Sbuf("b", y.DType, [m.Length, n.Length]);
                var sum = k.Sbuf("sum", z.DType, [m.Length, n.Length]);
                k.Issue(new DmaCopy(a, x[m, n]));
                k.Issue(new DmaCopy(b, y[m, n]));
                k.Issue(new TensorTensor(sum, a, b, AluOp.Add));
                k.Issue(new DmaCopy(z[m, n], sum));
            }
        }
    }

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (rows, columns) = (sizes["M"], sizes["N"]);
        var x = k.Input("x", dtype, [rows, columns]);
        var y = k.Input("y", dtype, [rows, columns]);
        Emit(k, k.Output("z", dtype, [rows, columns]), x, y);
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (x, y, z) = (data["x"], data["y"], data["z"]);
        for (var i = 0; i < z.Length; i++) z[i] = x[i] + y[i];
    }
}
