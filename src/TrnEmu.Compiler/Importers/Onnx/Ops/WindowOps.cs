namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Convolutions, as products of weights and patches, and pools.</summary>
internal static class WindowOps
{
    [OnnxOp("Conv")]
    private static void Conv(OnnxNode n)
    {
        var (e, x, w) = (n.Emit, n[0], n[1]);
        if (x.Rank < 3 || w.Rank != x.Rank) throw new OnnxRefusal($"x is {x}, w is {w}: expected one rank from 3 on");
        var windows = new Windows(n, w.Shape[2..]);
        var groups = n.Int32("group", 1);
        if (groups < 1 || x.Shape[1] != w.Shape[1] * (long)groups || w.Shape[0] % groups != 0)
            throw new OnnxRefusal($"x is {x}, w is {w}, group {groups}: channels do not fit");
        var (outputs, depth, count) = (w.Shape[0], (int)(w.Count / w.Shape[0]), (int)Shapes.Count(windows.Counts));
        var patches = windows.Patches(e, x, w.Shape[1], 0, kernelFirst: true);
        int[] shape = [x.Shape[0], outputs, .. windows.Counts];
        var y = groups == 1
            ? e.MatMul(e.Reshape(w, outputs, depth), e.Reshape(patches, x.Shape[0], depth, count))
            : e.MatMul(
                e.Reshape(w, groups, outputs / groups, depth), e.Reshape(patches, x.Shape[0], groups, depth, count));
        y = e.Reshape(y, shape);
        if (n.Find(2) is { } bias) y = e.Sum(y, e.Reshape(bias, [outputs, .. windows.Counts.Select(_ => 1)]));
        n.Make(y);
    }

    [OnnxOp("MaxPool")]
    private static void MaxPool(OnnxNode n)
    {
        var (e, x) = (n.Emit, n[0]);
        if (n.Wants(1)) throw new OnnxRefusal($"the indices of a MaxPool");
        var windows = new Windows(n, n.Int32s("kernel_shape", x.Rank - 2, 0));
        var lowest = x.Type.IsInteger() ? x.Type.Lowest() : double.NegativeInfinity;
        n.Make(Pooled(e, x, windows, "max", lowest));
    }

    [OnnxOp("AveragePool")]
    private static void AveragePool(OnnxNode n)
    {
        var (e, x) = (n.Emit, n[0]);
        var windows = new Windows(n, n.Int32s("kernel_shape", x.Rank - 2, 0));
        var sizes = windows.Sizes(x.Shape[2..], n.Int("count_include_pad", 0) != 0);
        if (Array.TrueForAll(sizes, s => s == Shapes.Count(windows.Kernel)))
        {
            n.Make(Pooled(e, x, windows, "mean", 0));
            return;
        }

        var sums = Pooled(e, e.Wide(x), windows, "sum", 0);
        var factors = e.Constant(OnnxType.Float, windows.Counts, sizes.Select(s => 1 / s).ToArray());
        n.Make(e.AsTypeOf(e.Product(sums, e.Wide(factors)), x));
    }

    [OnnxOp("GlobalAveragePool")]
    private static void GlobalAveragePool(OnnxNode n) =>
        n.Make(n.Emit.Reduce("mean", n[0], Shapes.Iota(n[0].Rank)[2..]));

    [OnnxOp("GlobalMaxPool")]
    private static void GlobalMaxPool(OnnxNode n) =>
        n.Make(n.Emit.Reduce("max", n[0], Shapes.Iota(n[0].Rank)[2..]));

    private static Value Pooled(Emitter e, Value x, Windows windows, string function, double value)
    {
        var patches = windows.Patches(e, x, 1, value, kernelFirst: false);
        var rank = windows.Kernel.Length;
        return e.Reshape(
            e.Reduce(function, patches, Shapes.Iota(patches.Rank)[(1 + rank)..]), [.. x.Shape[..2], .. windows.Counts]);
    }
}
