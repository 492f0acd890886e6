using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Normalisation over trailing axes, channels or batches.</summary>
internal static class NormOps
{
    [OnnxOp("LayerNormalization")]
    private static void LayerNorm(OnnxNode n)
    {
        var (x, axis) = (n[0], Shapes.Axis(n.Int("axis", -1), n[0].Rank));
        n.Make(Layer(n.Emit, x, n[1], n.Find(2), axis, n.Number("epsilon", 1e-5f)));
        Moments(n, x, axis, 1e-5f, isCentred: true);
    }

    [OnnxOp("RMSNormalization")]
    [OnnxOp("SimplifiedLayerNormalization")]
    [OnnxOp("SimplifiedLayerNormalization", Domain = OnnxOpAttribute.Microsoft)]
    private static void RmsNorm(OnnxNode n)
    {
        var (x, axis) = (n[0], Shapes.Axis(n.Int("axis", -1), n[0].Rank));
        n.Make(Rms(n.Emit, x, n[1], axis, n.Number("epsilon", 1e-5f)));
        Moments(n, x, axis, 1e-5f, isCentred: false);
    }

    [OnnxOp("SkipLayerNormalization", Domain = OnnxOpAttribute.Microsoft)]
    private static void SkipLayerNorm(OnnxNode n)
    {
        var sum = Skipped(n, n.Find(4));
        n.Make(Layer(n.Emit, sum, n[2], n.Find(3), sum.Rank - 1, n.Number("epsilon", 1e-12f)));
        Moments(n, sum, sum.Rank - 1, 1e-12f, isCentred: true);
        if (n.Wants(3)) n.Make(sum, 3);
    }

    [OnnxOp("SkipSimplifiedLayerNormalization", Domain = OnnxOpAttribute.Microsoft)]
    private static void SkipRmsNorm(OnnxNode n)
    {
        var sum = Skipped(n, n.Find(3));
        n.Make(Rms(n.Emit, sum, n[2], sum.Rank - 1, n.Number("epsilon", 1e-12f)));
        Moments(n, sum, sum.Rank - 1, 1e-12f, isCentred: false);
        if (n.Wants(3)) n.Make(sum, 3);
    }

    [OnnxOp("InstanceNormalization")]
    private static void InstanceNorm(OnnxNode n)
    {
        var (e, x) = (n.Emit, n[0]);
        int[] flat = [x.Shape[0] * x.Shape[1], (int)Shapes.Count(x.Shape.AsSpan(2))];
        var one = e.Filled(x, [flat[1]], 1);
        var y = Layer(e, e.Reshape(x, flat), one, null, 1, n.Number("epsilon", 1e-5f));
        n.Make(Affine(e, e.Reshape(y, x.Shape), n[1], n[2]));
    }

    [OnnxOp("BatchNormalization")]
    private static void BatchNorm(OnnxNode n)
    {
        var (e, x) = (n.Emit, n[0]);
        var (mean, variance) = (n[3], n[4]);
        if (n.Opset < 9 && n.Int("spatial", 1) == 0) throw new OnnxRefusal($"moments of each place (spatial=0)");
        if (n.Opset < 14 && n.OutputCount > 1) throw new OnnxRefusal($"training mode before opset 14");
        if (n.Int("training_mode", 0) != 0)
        {
            int[] axes = [.. Shapes.Iota(x.Rank).Where(d => d != 1)];
            var now = e.Reduce("mean", e.Wide(x), axes);
            var apart = e.Difference(e.Wide(x), now);
            var spread = e.Reduce("mean", e.Product(apart, apart), axes);
            Running(n, 1, e.Reshape(now, x.Shape[1]), mean);
            Running(n, 2, e.Reshape(spread, x.Shape[1]), variance);
            (mean, variance) = (e.Reshape(now, x.Shape[1]), e.Reshape(spread, x.Shape[1]));
        }

        var root = e.Unary("sqrt", e.Sum(e.Wide(variance), e.Like(e.Wide(variance), n.Number("epsilon", 1e-5f))));
        var scale = e.Quotient(e.Wide(n[1]), root);
        n.Make(Affine(e, x, scale, e.Difference(e.Wide(n[2]), e.Product(e.Wide(mean), scale))));
    }

    /// <summary>Layer normalisation over the axes from <paramref name="axis"/> on.</summary>
    public static Value Layer(Emitter e, Value x, Value scale, Value? bias, int axis, double epsilon)
    {
        if (x.IsEmpty) return x;
        var flat = ShapeOps.Flat(x.Shape, axis);
        var gamma = Vector(e, scale, x, axis);
        var beta = bias is null ? e.Filled(x, [flat[1]], 0) : Vector(e, bias, x, axis);
        var y = e.Add("layer_norm", [e.Reshape(x, flat), gamma, beta], x.Type, new GraphAttribute("epsilon", epsilon));
        return e.Reshape(y, x.Shape);
    }

    private static Value Rms(Emitter e, Value x, Value scale, int axis, double epsilon)
    {
        if (x.IsEmpty) return x;
        var flat = e.Reshape(x, ShapeOps.Flat(x.Shape, axis));
        var y = e.Add("rms_norm", [flat, Vector(e, scale, x, axis)], x.Type, new GraphAttribute("epsilon", epsilon));
        return e.AsTypeOf(e.Reshape(y, x.Shape), x with { Type = scale.Type, DType = scale.DType });
    }

    /// <summary>Parameters of the normalised axes as one row.</summary>
    private static Value Vector(Emitter e, Value parameter, Value x, int axis)
    {
        var shape = x.Shape[axis..];
        if (parameter.Rank > shape.Length && Shapes.Count(parameter.Shape.AsSpan(0, parameter.Rank - shape.Length)) == 1)
            parameter = e.Reshape(parameter, parameter.Shape[(parameter.Rank - shape.Length)..]);
        if (!Shapes.Broadcast(parameter.Shape, shape).SequenceEqual(shape))
            throw new OnnxRefusal($"{parameter} is no parameter of the axes [{string.Join(',', shape)}]");
        return e.Reshape(e.Expand(parameter, shape), (int)Shapes.Count(shape));
    }

    private static void Moments(OnnxNode n, Value x, int axis, double epsilon, bool isCentred)
    {
        var deviation = isCentred ? 2 : 1;
        if (!n.Wants(1) && !n.Wants(deviation)) return;
        var (e, wide, axes) = (n.Emit, n.Emit.Wide(x), Shapes.Iota(x.Rank)[axis..]);
        var mean = e.Reduce("mean", wide, axes);
        if (isCentred && n.Wants(1)) n.Make(Narrow(e, mean, x), 1);
        if (!n.Wants(deviation)) return;
        var apart = isCentred ? e.Difference(wide, mean) : wide;
        var variance = e.Reduce("mean", e.Product(apart, apart), axes);
        var root = e.Unary("sqrt", e.Sum(variance, e.Like(variance, n.Number("epsilon", epsilon))));
        n.Make(Narrow(e, e.Unary("reciprocal", root), x), deviation);
    }

    /// <summary>Moments are float, whatever x is.</summary>
    private static Value Narrow(Emitter e, Value moment, Value x) =>
        e.Cast(moment, x.Type == OnnxType.Double ? OnnxType.Double : OnnxType.Float);

    private static Value Skipped(OnnxNode n, Value? bias)
    {
        var sum = n.Emit.Sum(n[0], n[1]);
        return bias is null ? sum : n.Emit.Sum(sum, bias);
    }

    private static void Running(OnnxNode n, int output, Value now, Value before)
    {
        var e = n.Emit;
        var momentum = n.Number("momentum", 0.9f);
        if (n.Wants(output))
            n.Make(e.AsTypeOf(e.Sum(e.Scaled(e.Wide(before), momentum), e.Scaled(now, 1 - momentum)), before), output);
    }

    /// <summary>x * scale + bias by channel, which is axis 1; in fp32.</summary>
    private static Value Affine(Emitter e, Value x, Value scale, Value bias)
    {
        int[] shape = x.Rank < 2 ? [1] : [x.Shape[1], .. Enumerable.Repeat(1, x.Rank - 2)];
        var y = e.Product(e.Wide(x), e.Reshape(e.Wide(scale), shape));
        return e.AsTypeOf(e.Sum(y, e.Reshape(e.Wide(bias), shape)), x);
    }
}
