using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>New shapes for the same elements.</summary>
internal static class ShapeOps
{
    [OnnxOp("Reshape")]
    private static void Reshape(OnnxNode n)
    {
        var list = n.KnownInts(1, "the shape");
        var keepsZero = n.Int("allowzero", 0) != 0;
        for (var d = 0; d < list.Length; d++)
        {
            if (list[d] == 0 && !keepsZero)
                list[d] = d < n[0].Rank ? n[0].Shape[d] : throw new OnnxRefusal($"extent {d} is 0, but {n[0]} has none there");
        }

        var open = Array.IndexOf(list, -1);
        if (open >= 0)
        {
            list[open] = 1;
            var rest = Shapes.Count(ConstantOps.Extents(list));
            list[open] = rest > 0 ? n[0].Count / rest : 0;
        }

        n.Make(Same(n, ConstantOps.Extents(list)));
    }

    [OnnxOp("Flatten")]
    private static void Flatten(OnnxNode n)
    {
        var axis = n.Int("axis", 1);
        if (axis != n[0].Rank) axis = Shapes.Axis(axis, n[0].Rank);
        n.Make(Same(n, Flat(n[0].Shape, (int)axis)));
    }

    [OnnxOp("Squeeze")]
    private static void Squeeze(OnnxNode n)
    {
        var shape = n[0].Shape;
        var axes = n.IntsOrOperand("axes", 1) is { } list
            ? Shapes.Axes(list, shape.Length) : [.. Shapes.Iota(shape.Length).Where(d => shape[d] == 1)];
        n.Make(Same(n, [.. shape.Where((_, d) => !axes.Contains(d))]));
    }

    [OnnxOp("Unsqueeze")]
    private static void Unsqueeze(OnnxNode n)
    {
        var list = n.IntsOrOperand("axes", 1) ?? [];
        var rank = n[0].Rank + list.Length;
        var axes = Shapes.Axes(list, rank);
        var rest = new Queue<int>(n[0].Shape);
        n.Make(Same(n, [.. Shapes.Iota(rank).Select(d => axes.Contains(d) ? 1 : rest.Dequeue())]));
    }

    [OnnxOp("Transpose")]
    private static void Transpose(OnnxNode n)
    {
        var x = n[0];
        var turn = n.Ints("perm") is { } list ? [.. list.Select(a => Shapes.Axis(a, x.Rank))]
            : Shapes.Iota(x.Rank).Reverse().ToArray();
        if (!turn.Order().SequenceEqual(Shapes.Iota(x.Rank)))
            throw new OnnxRefusal($"perm is [{string.Join(',', turn)}], expected each axis of {x} once");
        n.Make(x.Type.IsHostOnly()
            ? n.Host.Add("transpose", [x], x.Type, [.. turn.Select(d => x.Shape[d])], new GraphAttribute("perm", turn))
            : n.Emit.Transpose(x, turn));
    }

    /// <summary>Two extents: those before an axis together, and the others.</summary>
    public static int[] Flat(int[] shape, int axis) =>
    [
        (int)Math.Min(Shapes.Count(shape.AsSpan(0, axis)), int.MaxValue),
        (int)Math.Min(Shapes.Count(shape.AsSpan(axis)), int.MaxValue),
    ];

    private static Value Same(OnnxNode n, int[] shape)
    {
        var x = n[0];
        if (!x.Type.IsHostOnly() || x.Constant is not null) return n.Emit.Reshape(x, shape);
        if (Shapes.Count(shape) != x.Count) throw new OnnxRefusal($"{x} cannot become [{string.Join(',', shape)}]");
        return n.Host.Add("reshape", [x], x.Type, shape);
    }
}
