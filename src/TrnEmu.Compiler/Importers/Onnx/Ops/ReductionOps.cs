namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Reductions, sorting and sums along axes.</summary>
internal static class ReductionOps
{
    private static readonly Dictionary<string, string> Functions = new()
    {
        ["ReduceSum"] = "sum",
        ["ReduceMean"] = "mean",
        ["ReduceMax"] = "max",
        ["ReduceMin"] = "min",
        ["ReduceProd"] = "prod",
        ["ReduceL1"] = "l1",
        ["ReduceL2"] = "l2",
        ["ReduceSumSquare"] = "sum_square",
        ["ReduceLogSumExp"] = "log_sum_exp",
    };

    [OnnxOp("ReduceSum")]
    [OnnxOp("ReduceMean")]
    [OnnxOp("ReduceMax")]
    [OnnxOp("ReduceMin")]
    [OnnxOp("ReduceProd")]
    [OnnxOp("ReduceL1")]
    [OnnxOp("ReduceL2")]
    [OnnxOp("ReduceSumSquare")]
    [OnnxOp("ReduceLogSumExp")]
    private static void Reduce(OnnxNode n) => n.Make(Reduced(n, Functions[n.Op]));

    [OnnxOp("ReduceLogSum")]
    private static void ReduceLogSum(OnnxNode n) => n.Make(n.Emit.Unary("log", Reduced(n, "sum")));

    [OnnxOp("ArgMax")]
    private static void ArgMax(OnnxNode n) => Arg(n, largest: true);

    [OnnxOp("ArgMin")]
    private static void ArgMin(OnnxNode n) => Arg(n, largest: false);

    [OnnxOp("TopK")]
    private static void TopK(OnnxNode n)
    {
        var (e, x) = (n.Emit, n[0]);
        var axis = Shapes.Axis(n.Int("axis", -1), x.Rank);
        var k = n.Opset < 10 ? n.Int("k", 0) : n.KnownInt(1, "k");
        if (k < 0 || k > x.Shape[axis]) throw new OnnxRefusal($"k is {k}, expected 0 to {x.Shape[axis]}");
        var turn = Shapes.ToLast(axis, x.Rank);
        x = e.Transpose(x, turn);
        int[] none = [.. x.Shape[..^1], 0];
        for (var i = 0; i < 2; i++)
        {
            if (!n.Wants(i)) continue;
            var y = k > 0 ? e.TopK(x, (int)k, n.Int("largest", 1) != 0, i == 1)
                : Emitter.Empty(i == 0 ? x : e.Integers([], [0]), none);
            n.Make(e.Transpose(y, Shapes.Inverse(turn)), i);
        }
    }

    [OnnxOp("CumSum")]
    private static void CumSum(OnnxNode n)
    {
        var (e, x) = (n.Emit, n[0]);
        if (x.IsEmpty)
        {
            n.Make(x);
            return;
        }

        var turn = Shapes.ToLast(Shapes.Axis(n.KnownInt(1, "the axis"), x.Rank), x.Rank);
        var y = e.Add(
            "cumsum", [e.Transpose(x, turn)], x.Type, new("exclusive", n.Int("exclusive", 0)),
            new("reverse", n.Int("reverse", 0)));
        n.Make(e.Transpose(y, Shapes.Inverse(turn)));
    }

    [OnnxOp("Softmax")]
    [OnnxOp("LogSoftmax")]
    private static void Softmax(OnnxNode n)
    {
        var (e, x, log) = (n.Emit, n[0], n.Op == "LogSoftmax");
        if (n.Opset >= 13)
        {
            n.Make(e.Softmax(x, Shapes.Axis(n.Int("axis", -1), Math.Max(x.Rank, 1)), log));
            return;
        }

        var flat = ShapeOps.Flat(x.Shape, Shapes.Axis(n.Int("axis", 1), x.Rank));
        n.Make(e.Reshape(e.Softmax(e.Reshape(x, flat), 1, log), x.Shape));
    }

    private static Value Reduced(OnnxNode n, string function)
    {
        var (e, x) = (n.Emit, n[0]);
        var list = n.IntsOrOperand("axes", 1);
        if (list is not { Length: > 0 } && n.Int("noop_with_empty_axes", 0) != 0) return Alone(n, function);
        var axes = list is { Length: > 0 } ? Shapes.Axes(list, x.Rank) : Shapes.Iota(x.Rank);
        if (axes.Length == 0) return Alone(n, function);
        var y = e.Reduce(function, x, axes);
        return n.Int("keepdims", 1) != 0 ? y : e.Reshape(y, [.. x.Shape.Where((_, d) => !axes.Contains(d))]);
    }

    /// <summary>A reduction over no axis: of each element alone.</summary>
    private static Value Alone(OnnxNode n, string function) => function switch
    {
        "l1" or "l2" => n.Emit.Unary("abs", n[0]),
        "sum_square" => n.Emit.Product(n[0], n[0]),
        _ => n[0],
    };

    private static void Arg(OnnxNode n, bool largest)
    {
        var (e, x) = (n.Emit, n[0]);
        var axis = Shapes.Axis(n.Int("axis", 0), x.Rank);
        var extent = x.Shape[axis];
        var isLast = n.Int("select_last_index", 0) != 0;
        if (isLast) x = e.Slice(x, Only(x, axis, extent - 1, 0), x.Shape, Only(x, axis, -1, 1));
        var turn = Shapes.ToLast(axis, x.Rank);
        var y = e.Transpose(e.TopK(e.Transpose(x, turn), 1, largest, true), Shapes.Inverse(turn));
        if (isLast) y = e.Difference(e.Like(y, extent - 1), y);
        n.Make(n.Int("keepdims", 1) != 0 ? y : e.Reshape(y, [.. y.Shape.Where((_, d) => d != axis)]));
    }

    private static int[] Only(Value x, int axis, int value, int others)
    {
        var list = new int[x.Rank];
        Array.Fill(list, others);
        list[axis] = value;
        return list;
    }
}
