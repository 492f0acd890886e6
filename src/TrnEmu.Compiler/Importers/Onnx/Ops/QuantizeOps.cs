using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Quantisation: on the chip for 8 and 16 bits, on the host for types that it lacks.</summary>
internal static class QuantizeOps
{
    [OnnxOp("QuantizeLinear")]
    private static void Quantize(OnnxNode n)
    {
        var (e, x, scale, zero) = (n.Emit, n[0], n[1], n.Find(2));
        var type = zero?.Type ?? (n.HasAttribute("output_dtype") && n.Int("output_dtype", 0) != 0
            ? (OnnxType)n.Int("output_dtype", 0) : OnnxType.UInt8);
        if (!type.IsKnown()) throw new OnnxRefusal($"output_dtype is {type.Name()}");
        if (type.IsHostOnly() || x.Host is not null)
        {
            n.Make(OnHost(n, "quantize", type));
            return;
        }

        var (ratio, zeros) = (e.Quotient(e.Wide(x), e.Wide(Spread(n, scale))), zero is null ? null : Spread(n, zero));
        n.Make(Rounded(e, ratio, zeros, type, n.Int("saturate", 1) != 0));
    }

    [OnnxOp("DequantizeLinear")]
    private static void Dequantize(OnnxNode n)
    {
        var (e, x, scale, zero) = (n.Emit, n[0], n[1], n.Find(2));
        var type = n.Int("output_dtype", 0) != 0 ? (OnnxType)n.Int("output_dtype", 0) : scale.Type;
        if (x.Type.IsHostOnly() || x.Host is not null)
        {
            n.Make(OnHost(n, "dequantize", type));
            return;
        }

        var isZero = zero is null || (zero.Constant is { } data && Array.TrueForAll(data.Values, v => v == 0));
        var wide = isZero ? e.Wide(x) : x.Type.IsInteger()
            ? e.Wide(e.Difference(e.Cast(x, OnnxType.Int32), e.Cast(Spread(n, zero!), OnnxType.Int32)))
            : e.Difference(e.Wide(x), e.Wide(Spread(n, zero!)));
        n.Make(e.Cast(e.Product(wide, e.Wide(Spread(n, scale))), type));
    }

    [OnnxOp("DynamicQuantizeLinear")]
    private static void DynamicQuantize(OnnxNode n)
    {
        var (e, x) = (n.Emit, n.Emit.Wide(n[0]));
        var axes = Shapes.Iota(x.Rank);
        var zero = e.Like(x, 0);
        var high = e.Binary("max", e.Reshape(e.Reduce("max", x, axes)), zero);
        var low = e.Binary("min", e.Reshape(e.Reduce("min", x, axes)), zero);
        var scale = e.Quotient(e.Difference(high, low), e.Like(x, 255));
        var point = Rounded(e, e.Quotient(e.Difference(zero, low), scale), null, OnnxType.UInt8);
        n.Make(Rounded(e, e.Quotient(x, scale), point, OnnxType.UInt8));
        n.Make(e.Cast(scale, OnnxType.Float), 1);
        n.Make(point, 2);
    }

    /// <summary>round(ratio) + zero within the range of a type; fp8 rounds by itself.</summary>
    public static Value Rounded(Emitter e, Value ratio, Value? zero, OnnxType type, bool saturate = true)
    {
        if (!type.IsInteger()) return e.Cast(ratio, type, saturate);
        var y = e.Unary("round", ratio);
        if (zero is not null) y = e.Sum(y, e.Wide(zero));
        y = e.Binary("min", e.Binary("max", y, e.Like(y, type.Lowest())), e.Like(y, type.Highest()));
        return e.Cast(y, type);
    }

    /// <summary>Scales or zero points so that they broadcast against x: one, one for each index of an axis, or one for
    /// each block along it.</summary>
    private static Value Spread(OnnxNode n, Value scale)
    {
        var (e, x, block) = (n.Emit, n[0], n.Int32("block_size", 0));
        if (scale.Count == 1 && block == 0) return e.Reshape(scale);
        var axis = Shapes.Axis(n.Int("axis", 1), x.Rank);
        if (block == 0) return e.Reshape(scale, [scale.Shape[0], .. Enumerable.Repeat(1, x.Rank - 1 - axis)]);
        CheckBlocks(x, scale, axis, block);
        int[] apart = [.. scale.Shape[..(axis + 1)], 1, .. scale.Shape[(axis + 1)..]];
        int[] wide = [.. apart], full = [.. scale.Shape];
        (wide[axis + 1], full[axis]) = (block, scale.Shape[axis] * block);
        return e.Part(e.Reshape(e.Expand(e.Reshape(scale, apart), wide), full), axis, 0, x.Shape[axis]);
    }

    private static void CheckBlocks(Value x, Value scale, int axis, int block)
    {
        var fits = block > 0 && block <= x.Shape[axis] && scale.Rank == x.Rank
            && Shapes.Iota(x.Rank).All(d => scale.Shape[d] == (d == axis ? (x.Shape[d] + block - 1) / block : x.Shape[d]));
        if (!fits) throw new OnnxRefusal($"scales {scale} for blocks of {block} along axis {axis} of {x}");
    }

    private static Value OnHost(OnnxNode n, string op, OnnxType type)
    {
        var (x, scale, block) = (n[0], n[1], n.Int32("block_size", 0));
        var axis = scale.Count == 1 && block == 0 ? 0 : Shapes.Axis(n.Int("axis", 1), x.Rank);
        if (block != 0) CheckBlocks(x, scale, axis, block);
        else if (scale.Count != 1 && scale.Count != x.Shape[axis]) throw new OnnxRefusal($"scales {scale} for axis {axis} of {x}");
        return n.Host.Add(
            op, [x, scale, .. n.Find(2) is { } zero ? [zero] : Array.Empty<Value>()], type, x.Shape,
            new GraphAttribute("axis", axis), new GraphAttribute("block", block),
            new GraphAttribute("saturate", n.Int("saturate", 1)));
    }
}
