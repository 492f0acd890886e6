using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Computes steps of the host in fp64, each result rounded once to its type.</summary>
internal static class HostOps
{
    /// <summary>The result of a step on these operands.</summary>
    public static double[] Evaluate(
        string op, IReadOnlyList<OnnxTensor> inputs, OnnxType type, IReadOnlyList<int> shape,
        IReadOnlyList<GraphAttribute> attributes)
    {
        var x = inputs[0];
        return op switch
        {
            "cast" => Array.ConvertAll(x.Values, v => Cast(x.Type, type, v, attributes)),
            "quantize" => Scale(inputs, shape, attributes, (v, s, z) => Quantize(type, v, s, z, attributes)),
            "dequantize" => Scale(inputs, shape, attributes, (v, s, z) => HostTypes.Round(type, (v - z) * s)),
            "reshape" => x.Values,
            "transpose" => Transpose(x, attributes[0].Integers!),
            _ => throw new OnnxRefusal($"the host has no step {op}"),
        };
    }

    /// <summary>A number of an attribute, or another.</summary>
    private static double Number(IReadOnlyList<GraphAttribute> attributes, string name, double other)
    {
        foreach (var a in attributes)
        {
            if (a.Name == name) return a.Number ?? other;
        }

        return other;
    }

    private static double Cast(OnnxType from, OnnxType to, double value, IReadOnlyList<GraphAttribute> attributes)
    {
        if (to != OnnxType.Float8E8M0) return Emitter.Convert(from, to, value, Number(attributes, "saturate", 1) != 0);
        var mode = attributes.FirstOrDefault(a => a.Name == "round_mode").Word ?? "up";
        return HostTypes.RoundPower(value, mode);
    }

    private static double Quantize(
        OnnxType type, double value, double scale, double zero, IReadOnlyList<GraphAttribute> attributes)
    {
        var ratio = (double)((float)value / (float)scale);
        return type.IsInteger()
            ? HostTypes.Round(type, Math.Round(ratio, MidpointRounding.ToEven) + zero)
            : HostTypes.Round(type, ratio, Number(attributes, "saturate", 1) != 0);
    }

    private static double[] Scale(
        IReadOnlyList<OnnxTensor> inputs, IReadOnlyList<int> shape, IReadOnlyList<GraphAttribute> attributes,
        Func<double, double, double, double> function)
    {
        var (x, scale) = (inputs[0].Values, inputs[1]);
        var zero = inputs.Count > 2 ? inputs[2].Values : null;
        var (axis, block) = ((int)Number(attributes, "axis", 0), (int)Number(attributes, "block", 0));
        int[] extents = [.. shape];
        var y = new double[x.Length];
        long inner = scale.Values.Length == 1 ? 1 : Shapes.Count(extents.AsSpan(axis + 1));
        for (var i = 0; i < y.Length; i++)
        {
            var s = scale.Values.Length == 1 ? 0 : Place(i, inner, extents[axis], block, scale, axis);
            y[i] = function(x[i], scale.Values[s], zero?[zero.Length == 1 ? 0 : s] ?? 0);
        }

        return y;
    }

    private static int Place(int i, long inner, int extent, int block, OnnxTensor scale, int axis)
    {
        var along = (int)(i / inner % extent);
        if (block == 0) return along;
        return (int)((i / inner / extent * scale.Shape[axis] + along / block) * inner + i % inner);
    }

    private static double[] Transpose(OnnxTensor x, int[] permutation)
    {
        var from = Shapes.Strides([.. x.Shape]);
        int[] shape = [.. permutation.Select(d => x.Shape[d])];
        var y = new double[x.Values.Length];
        var index = new int[shape.Length];
        for (var i = 0; i < y.Length; i++)
        {
            var place = 0;
            for (var d = 0; d < shape.Length; d++) place += index[d] * from[permutation[d]];
            y[i] = x.Values[place];
            for (var d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--) index[d] = 0;
        }

        return y;
    }
}
