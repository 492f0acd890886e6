namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>What is known while importing: constants, shapes, ranges.</summary>
internal static class ConstantOps
{
    [OnnxOp("Constant")]
    private static void Constant(OnnxNode n)
    {
        var e = n.Emit;
        if (n.Attribute("value")?.T is { } tensor)
        {
            var (type, shape, data) = n.Tensors.Read(tensor, n.Name);
            n.Make(e.Known(type, shape, data) with { Hint = n.Name });
        }
        else if (n.HasAttribute("value_float")) n.Make(e.Constant(OnnxType.Float, [], [n.Number("value_float", 0)]));
        else if (n.HasAttribute("value_int")) n.Make(e.Constant(OnnxType.Int64, [], [n.Int("value_int", 0)]));
        else if (n.Attribute("value_floats")?.Floats is { } floats)
            n.Make(e.Constant(OnnxType.Float, [floats.Count], [.. floats.Select(f => (double)f)]));
        else if (n.Ints("value_ints") is { } ints) n.Make(e.Integers([ints.Length], ints));
        else throw new OnnxRefusal($"a constant that is no dense tensor of numbers");
    }

    [OnnxOp("ConstantOfShape")]
    private static void ConstantOfShape(OnnxNode n)
    {
        var shape = Extents(n.KnownInts(0, "the shape"));
        var like = n.Emit.Constant(OnnxType.Float, [], [0]);
        if (n.Attribute("value")?.T is { } tensor)
        {
            var (type, own, data) = n.Tensors.Read(tensor, n.Name);
            if (data.Count != 1) throw new OnnxRefusal($"value has {data.Count} elements, expected 1");
            like = n.Emit.Reshape(n.Emit.Known(type, own, data));
        }

        n.Make(n.Emit.Filled(like, shape, like.Constant!.Values[0]));
    }

    [OnnxOp("Shape")]
    private static void Shape(OnnxNode n)
    {
        var rank = n[0].Rank;
        var (start, end) = (Clamp(n.Int("start", 0)), Clamp(n.Int("end", rank)));
        var part = start < end ? n[0].Shape[start..end] : [];
        n.Make(n.Emit.Integers([part.Length], part.Select(p => (long)p)));

        int Clamp(long axis) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }

    [OnnxOp("Size")]
    private static void Size(OnnxNode n) => n.Make(n.Emit.Integers([], [n[0].Count]));

    [OnnxOp("Range")]
    private static void Range(OnnxNode n)
    {
        double Only(int i) => n.Known(i, "the range") is [var one]
            ? one : throw new OnnxRefusal($"operand {i} is {n[i]}, expected one number");
        var (start, limit, delta) = (Only(0), Only(1), Only(2));
        var count = Math.Max(Math.Ceiling((limit - start) / delta), 0);
        if (!(count <= int.MaxValue) || !n.Emit.TrySpend((long)count)) throw new OnnxRefusal($"a range of {count} elements is too long");
        var values = new double[(int)count];
        for (var i = 0; i < values.Length; i++) values[i] = HostTypes.Round(n[0].Type, start + i * delta);
        n.Make(n.Emit.Constant(n[0].Type, [values.Length], values));
    }

    [OnnxOp("Identity")]
    private static void Identity(OnnxNode n) => n.Make(n[0]);

    [OnnxOp("Dropout")]
    private static void Dropout(OnnxNode n)
    {
        if (n.Has(2) && n.KnownInt(2, "training_mode") != 0)
            throw new OnnxRefusal($"training mode drops elements at random, which no run repeats");
        n.Make(n[0]);
        if (n.Wants(1)) n.Make(n.Emit.Filled(n.Emit.Constant(OnnxType.Bool, [], [1]), n[0].Shape, 1), 1);
    }

    /// <summary>Extents from a list of numbers.</summary>
    public static int[] Extents(long[] list)
    {
        if (list.Length > 64 || list.Any(v => v is < 0 or > int.MaxValue))
            throw new OnnxRefusal($"shape is [{string.Join(',', list.Take(16))}], expected extents from 0 to {int.MaxValue}");
        return [.. list.Select(v => (int)v)];
    }
}
