namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Elements by index: rows of a table, the place of each being computed in int32.</summary>
internal static class GatherOps
{
    [OnnxOp("Gather")]
    private static void Gather(OnnxNode n)
    {
        var (e, x, ids) = (n.Emit, n[0], n[1]);
        var axis = Shapes.Axis(n.Int("axis", 0), x.Rank);
        if (ids is { Count: 1, Constant: { } data } && x.Shape[axis] > 0)
        {
            var at = Shapes.Axis((long)data.Values[0], x.Shape[axis]);
            n.Make(e.Reshape(e.Part(x, axis, at, 1), [.. x.Shape[..axis], .. ids.Shape, .. x.Shape[(axis + 1)..]]));
            return;
        }

        n.Make(Take(e, x, axis, ids));
    }

    [OnnxOp("GatherElements")]
    private static void GatherElements(OnnxNode n)
    {
        var (e, x, ids) = (n.Emit, n[0], n[1]);
        var axis = Shapes.Axis(n.Int("axis", 0), x.Rank);
        if (ids.Rank != x.Rank) throw new OnnxRefusal($"indices are {ids}, data {x}: expected one rank");
        var strides = Shapes.Strides(x.Shape);
        var places = e.Scaled(FromStart(e, ids, x.Shape[axis]), strides[axis]);
        for (var d = 0; d < x.Rank; d++)
        {
            if (d != axis && ids.Shape[d] > 1) places = e.Sum(places, Along(e, ids, d, strides[d]));
        }

        n.Make(e.Rows(e.Reshape(x, (int)x.Count, 1), places, ids.Shape));
    }

    [OnnxOp("GatherND")]
    private static void GatherNd(OnnxNode n)
    {
        var (e, x, ids) = (n.Emit, n[0], n[1]);
        var batch = n.Int32("batch_dims", 0);
        var depth = ids.Shape[^1];
        if (batch < 0 || batch >= ids.Rank || batch + depth > x.Rank || !x.Shape.AsSpan(0, batch).SequenceEqual(ids.Shape.AsSpan(0, batch)))
            throw new OnnxRefusal($"indices are {ids}, data {x}, batch_dims {batch}");
        var (places, rows) = Places(e, x, ids, batch);
        var rest = x.Shape[(batch + depth)..];
        n.Make(e.Rows(e.Reshape(x, rows, (int)Shapes.Count(rest)), places, [.. ids.Shape[..^1], .. rest]));
    }

    [OnnxOp("ScatterND")]
    private static void ScatterNd(OnnxNode n)
    {
        var (e, x, ids, rows) = (n.Emit, n[0], n[1], n[2]);
        var function = n.Word("reduction", "none");
        if (function is not ("none" or "add" or "mul" or "max" or "min"))
            throw new OnnxRefusal($"reduction {function}, expected none, add, mul, max or min");
        var depth = ids.Shape[^1];
        if (depth > x.Rank) throw new OnnxRefusal($"indices are {ids}, data {x}");
        if (ids.IsEmpty || x.IsEmpty)
        {
            n.Make(x);
            return;
        }

        var (places, count) = Places(e, x, ids, 0);
        var width = (int)Shapes.Count(x.Shape.AsSpan(depth));
        var (table, added) = (e.Reshape(x, count, width), e.Reshape(rows, (int)places.Count, width));
        if (function is "mul" or "max" or "min")
        {
            if (places.Constant is not { } data || data.Values.Distinct().Count() != data.Values.Length)
                throw new OnnxRefusal($"reduction {function} where places are not known, or one is named twice");
            added = e.Binary(function, e.Rows(table, places, added.Shape), added);
            function = "none";
        }

        var y = e.Add(
            "scatter_rows", [table, e.Reshape(e.As32(places), (int)places.Count, 1), added], x.Type,
            new Graph.GraphAttribute("function", function));
        n.Make(e.Reshape(y, x.Shape));
    }

    [OnnxOp("OneHot")]
    private static void OneHot(OnnxNode n)
    {
        var (e, ids, values) = (n.Emit, n[0], n[2]);
        var depth = n.KnownInt(1, "the depth");
        if (depth is < 0 or > int.MaxValue) throw new OnnxRefusal($"depth is {depth}, expected 0 to {int.MaxValue}");
        var axis = Shapes.Axis(n.Int("axis", -1), ids.Rank + 1);
        if (ids.Type.IsFloat()) ids = e.Cast(ids, OnnxType.Int64);
        ids = e.Reshape(FromStart(e, ids, (int)depth), [.. ids.Shape[..axis], 1, .. ids.Shape[axis..]]);
        int[] column = [(int)depth, .. Enumerable.Repeat(1, ids.Rank - 1 - axis)];
        var all = e.Integers(column, Enumerable.Range(0, (int)depth).Select(i => (long)i));
        var (off, on) = (e.Reshape(e.Part(values, 0, 0, 1)), e.Reshape(e.Part(values, 0, 1, 1)));
        n.Make(e.Where(e.Binary("equal", ids, all), on, off));
    }

    /// <summary>x[..., ids, ...] along an axis.</summary>
    public static Value Take(Emitter e, Value x, int axis, Value ids)
    {
        int[] others = [.. Shapes.Iota(x.Rank).Where(d => d != axis)], rest = [.. others.Select(d => x.Shape[d])];
        int[] shape = [.. ids.Shape, .. rest];
        if (Shapes.Count(shape) == 0 || x.IsEmpty)
            return Emitter.Empty(x, [.. x.Shape[..axis], .. ids.Shape, .. x.Shape[(axis + 1)..]]);
        var table = e.Reshape(e.Transpose(x, [axis, .. others]), x.Shape[axis], (int)Shapes.Count(rest));
        var y = e.Rows(table, FromStart(e, ids, x.Shape[axis]), shape);
        var inner = Shapes.Iota(ids.Rank);
        return e.Transpose(
            y, [.. Shapes.Iota(axis).Select(d => d + ids.Rank), .. inner, .. Shapes.Iota(rest.Length).Skip(axis).Select(d => d + ids.Rank)]);
    }

    /// <summary>Indices of which negative ones count from the end.</summary>
    public static Value FromStart(Emitter e, Value ids, int extent)
    {
        if (ids.Constant is null) ids = e.As32(ids);
        if (ids.Constant is { } data && Array.TrueForAll(data.Values, v => v >= 0)) return ids;
        return e.Where(e.Binary("less", ids, e.Like(ids, 0)), e.Sum(ids, e.Like(ids, extent)), ids);
    }

    private static (Value Places, int Rows) Places(Emitter e, Value x, Value ids, int batch)
    {
        var depth = ids.Shape[^1];
        var extents = x.Shape[..(batch + depth)];
        var strides = Shapes.Strides(extents);
        var shape = ids.Shape[..^1];
        Value? places = null;
        for (var j = 0; j < depth; j++)
        {
            var one = e.Reshape(e.Part(ids, ids.Rank - 1, j, 1), shape);
            one = e.Scaled(FromStart(e, one, extents[batch + j]), strides[batch + j]);
            places = places is null ? one : e.Sum(places, one);
        }

        for (var d = 0; d < batch; d++)
        {
            if (shape[d] > 1 && places is not null) places = e.Sum(places, Along(e, places, d, strides[d]));
        }

        return (places ?? throw new OnnxRefusal($"indices are {ids}, expected some"), (int)Shapes.Count(extents));
    }

    private static Value Along(Emitter e, Value like, int axis, int stride)
    {
        int[] shape = [like.Shape[axis], .. Enumerable.Repeat(1, like.Rank - 1 - axis)];
        var values = Enumerable.Range(0, like.Shape[axis]).Select(i => (double)i * stride).ToArray();
        return e.Constant(like.Type, shape, values) with { DType = like.DType };
    }
}
