using TrnEmu.Kernels.CacheAppend;

namespace TrnEmu.Kernels.Rope;

/// <summary>
/// Rotary position embedding: neighbours (2c, 2c + 1) of a head are turned by an angle that grows with the position.
/// Vector multiplies all heads by cosines, then by sines, which strides of 0 repeat over heads and neighbours, and
/// joins the products crosswise.
/// </summary>
[Kernel("rope", Summary = "y[T,H,C,2] = (x0 cos - x1 sin, x0 sin + x1 cos), row P + t of cos[S,C], sin[S,C]")]
public sealed class Rope : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("T", 128, "rows: tokens", Maximum: Limits.Partitions),
        new("H", 8, "heads"),
        new("C", 32, "pairs of a head"),
        .. PositionInput.Dimensions,
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("decode", DType.Fp32, ("T", 1), ("C", 4)),
        new("ragged", DType.Fp32, ("T", 17), ("H", 3), ("C", 5), ("P", 0), ("R", 0)),
    ];

    /// <summary>Records the rotation of row t of x by the angles of position + t.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, heads * size] in HBM.</param>
    /// <param name="x">[T, heads * size] in HBM.</param>
    /// <param name="cos">[S, size / 2] in HBM.</param>
    /// <param name="sin">[S, size / 2] in HBM.</param>
    /// <param name="position">int32 [1, 1] in HBM: 0 to S - T, anything else is a fault.</param>
    /// <param name="heads">Heads; all are rotated alike.</param>
    public static void Emit(
        KernelBuilder k, TensorView y, TensorView x, TensorView cos, TensorView sin, TensorView position, int heads)
    {
        // Row position + t of a table is row position of the table from row t on.
        foreach (var t in Chunk.Each(x.Shape[0], Limits.Partitions))
            EmitTokens(k, y[t], x[t], cos[t.Start..], sin[t.Start..], position, heads);
    }

    /// <summary>The same for up to 128 tokens.</summary>
    private static void EmitTokens(
        KernelBuilder k, TensorView y, TensorView x, TensorView cos, TensorView sin, TensorView position, int heads)
    {
        int[] shape = [x.Shape[0], heads, cos.Shape[1], 2];
        var tile = k.Sbuf("tile", x.DType, shape);
        var byCos = k.Sbuf("by_cos", DType.Fp32, shape);
        var bySin = k.Sbuf("by_sin", DType.Fp32, shape);
        var result = k.Sbuf("result", y.DType, shape);
        var start = k.NewRegister();

        k.Issue(new DmaCopy(tile, x));
        k.Issue(new RegisterLoad(start, position));
        k.Issue(new TensorTensor(byCos, tile, Factors(k, "cosines", cos, start, shape), AluOp.Multiply));
        k.Issue(new TensorTensor(bySin, tile, Factors(k, "sines", sin, start, shape), AluOp.Multiply));
        k.Issue(new TensorTensor(Neighbour(result, 0), Neighbour(byCos, 0), Neighbour(bySin, 1), AluOp.Subtract));
        k.Issue(new TensorTensor(Neighbour(result, 1), Neighbour(byCos, 1), Neighbour(bySin, 0), AluOp.Add));
        k.Issue(new DmaCopy(y, result));
    }

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        int[] shape = [sizes["T"], sizes["H"] * sizes["C"] * 2];
        var x = k.Input("x", dtype, shape);
        var cos = k.Input("cos", DType.Fp32, [PositionInput.Rows(sizes), sizes["C"]]);
        var sin = k.Input("sin", DType.Fp32, [PositionInput.Rows(sizes), sizes["C"]]);
        Emit(k, k.Output("y", dtype, shape), x, cos, sin, PositionInput.Declare(k, sizes), sizes["H"]);
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (x, y) = (data["x"], data["y"]);
        var (heads, pairs) = (sizes["H"], sizes["C"]);
        for (var i = 0; i < x.Length; i += 2)
        {
            var (token, pair) = (i / (heads * pairs * 2), i / 2 % pairs);
            var angle = (sizes["P"] + token) * pairs + pair;
            var (cos, sin) = (data["cos"][angle], data["sin"][angle]);
            y[i] = x[i] * cos - x[i + 1] * sin;
            y[i + 1] = x[i] * sin + x[i + 1] * cos;
        }
    }

    /// <summary>The rows of a table from a register on, as factors of [T, heads, pairs, 2].</summary>
    private static TensorView Factors(KernelBuilder k, string name, TensorView table, Register start, int[] shape)
    {
        var rows = k.Sbuf(name, table.DType, [shape[0], 1, shape[2], 1]);
        k.Issue(new DmaCopy(rows, table.At(start, dimension: 0, count: shape[0])));
        return rows.Broadcast(1, shape[1]).Broadcast(3, shape[3]);
    }

    private static TensorView Neighbour(TensorView pairs, int index) => pairs[.., .., .., index];
}
