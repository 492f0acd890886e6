using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <content>What only moves elements.</content>
internal sealed partial class Emitter
{
    /// <summary>The elements in their order under another shape of as many.</summary>
    public Value Reshape(Value x, params int[] shape)
    {
        if (x.Shape.AsSpan().SequenceEqual(shape)) return x;
        if (Shapes.Count(shape) != x.Count)
            throw new OnnxRefusal($"{x} has {x.Count} elements, [{string.Join(',', shape)}] has {Shapes.Count(shape)}");
        if (x.Constant is not null) return x with { Shape = shape };
        if (x.Tensor is not null && _reshaped.TryGetValue(x.Tensor, out var source)) x = Original(x, source);
        if (x.Shape.AsSpan().SequenceEqual(shape)) return x;
        var y = Add("reshape", [x], x.Type, new GraphAttribute("shape", shape));
        _reshaped[y.Tensor!] = NameOf(x);
        return y;
    }

    /// <summary>What was reshaped: an input or a constant stays one, for an output may be either unchanged.</summary>
    private Value Original(Value x, string source) => (Inputs.GetValueOrDefault(source) ?? Constants.GetValueOrDefault(source))
        is { } given ? given with { Type = x.Type } : x with { Tensor = source, Shape = [.. _types[source].Shape] };

    /// <summary>y[i] = x[offset + sum of i_d * strides_d], in elements of row-major x.</summary>
    public Value View(Value x, int[] shape, int[] strides, long offset = 0)
    {
        var count = Shapes.Count(shape);
        if (count == 0) return Empty(x, shape);
        if (x.IsEmpty) throw new OnnxRefusal($"{x} has no elements to make [{string.Join(',', shape)}] of");
        if (count == x.Count && offset == 0 && IsRowMajor(shape, strides)) return Reshape(x, shape);
        return Add(
            "view", [x], x.Type, new GraphAttribute("shape", shape), new GraphAttribute("strides", strides),
            new GraphAttribute("offset", offset));
    }

    /// <summary>y's axis d is x's axis permutation[d].</summary>
    public Value Transpose(Value x, params int[] permutation)
    {
        if (permutation.SequenceEqual(Shapes.Iota(x.Rank))) return x;
        var strides = Shapes.Strides(x.Shape);
        return View(x, [.. permutation.Select(d => x.Shape[d])], [.. permutation.Select(d => strides[d])]);
    }

    /// <summary>Exchanges the last two axes.</summary>
    public Value Turn(Value x) =>
        Transpose(x, [.. Shapes.Iota(x.Rank - 2), x.Rank - 1, x.Rank - 2]);

    /// <summary>Numpy broadcasting to a shape.</summary>
    public Value Expand(Value x, int[] shape)
    {
        var from = Shapes.Strides(x.Shape);
        var strides = new int[shape.Length];
        for (var d = 1; d <= x.Rank; d++) strides[^d] = x.Shape[^d] == 1 ? 0 : from[^d];
        return x.Shape.AsSpan().SequenceEqual(shape) ? x : View(x, shape, strides);
    }

    /// <summary>Elements starts[d] + i * steps[d], i &lt; counts[d].</summary>
    public Value Slice(Value x, int[] starts, int[] counts, int[] steps)
    {
        var from = Shapes.Strides(x.Shape);
        long offset = 0;
        for (var d = 0; d < x.Rank; d++) offset += (long)starts[d] * from[d];
        return View(x, counts, [.. from.Select((s, d) => s * steps[d])], Shapes.Count(counts) == 0 ? 0 : offset);
    }

    /// <summary>Elements start to start + count - 1 along one axis.</summary>
    public Value Part(Value x, int axis, int start, int count)
    {
        int[] starts = new int[x.Rank], counts = [.. x.Shape], steps = new int[x.Rank];
        Array.Fill(steps, 1);
        (starts[axis], counts[axis]) = (start, count);
        return Slice(x, starts, counts, steps);
    }

    /// <summary>Tensors after one another along an axis.</summary>
    public Value Concat(IReadOnlyList<Value> parts, int axis)
    {
        var shape = parts[0].Shape.ToArray();
        foreach (var p in parts)
        {
            var fits = p.Rank == shape.Length && p.Type == parts[0].Type
                && Shapes.Iota(p.Rank).All(d => d == axis || p.Shape[d] == shape[d]);
            if (!fits) throw new OnnxRefusal($"{p} does not fit {parts[0]} along axis {axis}");
        }

        shape[axis] = (int)Math.Min(parts.Sum(p => (long)p.Shape[axis]), int.MaxValue);
        var full = parts.Where(p => !p.IsEmpty).ToArray();
        if (full.Length == 0) return Empty(parts[0], shape);
        if (full.Length == 1) return full[0];
        return Add("concat", Together(full), full[0].Type, new GraphAttribute("axis", axis));
    }

    /// <summary>A value before and after each axis; negative widths crop.</summary>
    public Value Pad(Value x, int[] before, int[] after, double value)
    {
        int[] starts = [.. before.Select(b => Math.Max(-b, 0))], steps = new int[x.Rank];
        int[] counts = [.. x.Shape.Select((e, d) => Math.Max(e + Math.Min(before[d], 0) + Math.Min(after[d], 0), 0))];
        Array.Fill(steps, 1);
        if (!counts.SequenceEqual(x.Shape)) x = Slice(x, starts, counts, steps);
        (before, after) = ([.. before.Select(b => Math.Max(b, 0))], [.. after.Select(a => Math.Max(a, 0))]);
        if (before.All(b => b == 0) && after.All(a => a == 0)) return x;
        if (x.IsEmpty) return Filled(x, [.. x.Shape.Select((e, d) => e + before[d] + after[d])], value);
        var word = double.IsPositiveInfinity(value) ? new GraphAttribute("value", "inf")
            : double.IsNegativeInfinity(value) ? new("value", "-inf") : new("value", value);
        return Add("pad", [x], x.Type, new GraphAttribute("before", before), new GraphAttribute("after", after), word);
    }

    /// <summary>Rows of table[V, D] by int32 ids of any shape: [ids..., D].</summary>
    public Value Rows(Value table, Value ids, int[] shape)
    {
        if (Shapes.Count(shape) == 0) return Empty(table, shape);
        var column = As32(Reshape(ids, (int)ids.Count, 1));
        return Reshape(Add("embedding", [table, column], table.Type), shape);
    }

    /// <summary>A tensor without elements.</summary>
    public static Value Empty(Value like, int[] shape) => like with
    {
        Shape = shape,
        Constant = new ConstantData([]),
        Tensor = null,
        Host = null,
        Hint = "",
    };

    private static bool IsRowMajor(int[] shape, int[] strides)
    {
        long expected = 1;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            if (shape[d] == 1) continue;
            if (strides[d] != expected) return false;
            expected *= shape[d];
        }

        return true;
    }
}
