namespace TrnEmu.Kernels.VectorAdd;

/// <summary>
/// A flat vector goes through SBUF in chunks of P numbers, one to a partition: the worst that can be done to DMA, which
/// moves each number as a row of its own. The addend is a column [P, 1], so that the addition is a tensor_scalar.
/// </summary>
[Kernel("vector_add_chunk", Summary = "z[N] = x[N] + y[N], chunks of P numbers, one to a partition")]
public sealed class VectorAddChunk : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("N", 512, "numbers"),
        new("P", Limits.Partitions, "numbers of a chunk", Maximum: Limits.Partitions),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("wide", DType.Fp32, ("N", 1000)),
        new("single", DType.Fp32, ("N", 40), ("P", 1)),
    ];

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var count = sizes["N"];
        var x = k.Input("x", dtype, [count, 1]);
        var y = k.Input("y", dtype, [count, 1]);
        var z = k.Output("z", dtype, [count, 1]);
        foreach (var n in Chunk.Each(count, sizes["P"]))
        {
            var a = k.Sbuf("a", dtype, [n.Length, 1]);
            var b = k.Sbuf("b", dtype, [n.Length, 1]);
            var sum = k.Sbuf("sum", dtype, [n.Length, 1]);
            k.Issue(new DmaCopy(a, x[n]));
            k.Issue(new DmaCopy(b, y[n]));
            k.Issue(new TensorScalar(sum, a, AluOp.Add, b), Engine.Vector);
            k.Issue(new DmaCopy(z[n], sum));
        }
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (x, y, z) = (data["x"], data["y"], data["z"]);
        for (var i = 0; i < z.Length; i++) z[i] = x[i] + y[i];
    }
}
