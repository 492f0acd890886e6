using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <content>Arithmetic.</content>
internal sealed partial class Emitter
{
    /// <summary>A function of each element.</summary>
    public Value Unary(string function, Value x) =>
        x.IsEmpty ? x : Add("unary", [x], x.Type, new GraphAttribute("function", function));

    /// <summary>A function of two, broadcast; comparisons and logic give bool.</summary>
    public Value Binary(string function, Value a, Value b)
    {
        var isLogic = function is "equal" or "less" or "less_or_equal" or "greater" or "greater_or_equal" or "and" or "or"
            or "xor";
        var type = isLogic ? OnnxType.Bool : a.Type;
        var shape = Shapes.Broadcast(a.Shape, b.Shape);
        if (Shapes.Count(shape) == 0)
            return Empty(isLogic ? Constant(OnnxType.Bool, [], [0]) : a, shape);
        return Add("binary", function == "pow" ? [a, b] : Together([a, b]), type, new GraphAttribute("function", function));
    }

    /// <summary>a + b.</summary>
    public Value Sum(Value a, Value b) => Binary("add", a, b);

    /// <summary>a - b.</summary>
    public Value Difference(Value a, Value b) => Binary("sub", a, b);

    /// <summary>a * b.</summary>
    public Value Product(Value a, Value b) => Binary("mul", a, b);

    /// <summary>a * factor.</summary>
    public Value Scaled(Value a, double factor) => factor == 1 ? a : Product(a, Like(a, factor));

    /// <summary>a / b.</summary>
    public Value Quotient(Value a, Value b) => Binary("div", a, b);

    /// <summary>x where c, else y; broadcast.</summary>
    public Value Where(Value c, Value x, Value y)
    {
        var shape = Shapes.Broadcast(Shapes.Broadcast(c.Shape, x.Shape), y.Shape);
        if (Shapes.Count(shape) == 0) return Empty(x, shape);
        if (c.Constant is not null && Only(c) is { } known) return Expand(known == 0 ? y : x, shape);
        var both = Together([x, y]);
        return Add("where", [c, .. both], x.Type);
    }

    /// <summary>A reduction; the axes keep extent 1.</summary>
    public Value Reduce(string function, Value x, params int[] axes)
    {
        if (axes.Length == 0 && x.Rank > 0 && function is "sum" or "mean" or "max" or "min" or "prod" && axes.Length == 0)
            return x;
        var shape = x.Shape.ToArray();
        foreach (var axis in axes) shape[axis] = 1;
        if (!x.IsEmpty)
            return Add("reduce", [x], x.Type, new GraphAttribute("function", function), new GraphAttribute("axes", axes));
        var start = function switch
        {
            "max" => x.Type.IsInteger() ? x.Type.Lowest() : x.Type == OnnxType.Bool ? 0 : double.NegativeInfinity,
            "min" => x.Type.IsInteger() ? x.Type.Highest() : x.Type == OnnxType.Bool ? 1 : double.PositiveInfinity,
            "prod" => 1,
            "mean" => double.NaN,
            "log_sum_exp" => double.NegativeInfinity,
            _ => 0,
        };
        return Filled(x, shape, start);
    }

    /// <summary>[..., M, K] @ [..., K, N].</summary>
    public Value MatMul(Value a, Value b, DType? dtype = null, OnnxType? type = null)
    {
        if (a.Rank < 2 || b.Rank < 2 || a.Shape[^1] != b.Shape[^2])
            throw new OnnxRefusal($"{a} and {b} do not multiply");
        var shape = new int[] { a.Shape[^2], b.Shape[^1] };
        shape = [.. Shapes.Broadcast(a.Shape[..^2], b.Shape[..^2]), .. shape];
        var like = a with { Type = type ?? a.Type, DType = dtype ?? a.DType };
        if (a.IsEmpty || b.IsEmpty) return Filled(like, shape, 0);
        var operands = a.Type.IsFloat() ? Together([a, b]) : [a, b];
        var name = dtype is { } d && d != operands[0].DType ? d.Name() : "same";
        return Add("matmul", operands, like.Type, new GraphAttribute("dtype", name));
    }

    /// <summary>Softmax along an axis, or its logarithm.</summary>
    public Value Softmax(Value x, int axis, bool log = false)
    {
        if (x.IsEmpty) return x;
        if (x.Rank == 0) return Reshape(Softmax(Reshape(x, 1), 0, log));
        var turn = Shapes.ToLast(axis, x.Rank);
        var y = Add("softmax", [Transpose(x, turn)], x.Type, new GraphAttribute("log", log ? 1 : 0));
        return Transpose(y, Shapes.Inverse(turn));
    }

    /// <summary>The k largest or smallest along the last axis, or their indices.</summary>
    public Value TopK(Value x, int k, bool largest, bool indices) => Add(
        "topk", [x], indices ? OnnxType.Int64 : x.Type, new("k", k), new("largest", largest ? 1 : 0),
        new("output", indices ? "indices" : "values"));

    /// <summary>The same values as another type, by the rules of Cast.</summary>
    public Value Cast(Value x, OnnxType type, bool saturate = true)
    {
        if (type.IsHostOnly() || x.Type.IsHostOnly()) throw new OnnxRefusal($"{x} to {type.Name()} is for the host");
        return To(x, type, type.Carrier(single)!.Value, saturate);
    }

    /// <summary>The same values as fp32, in which sums and scores are kept.</summary>
    public Value Wide(Value x) => x.DType == DType.Fp32 ? x : To(x, OnnxType.Float, DType.Fp32);

    /// <summary>The same values in the type of another value.</summary>
    public Value AsTypeOf(Value x, Value like) => To(x, like.Type, like.DType);

    /// <summary>int64 and the like as int32.</summary>
    public Value As32(Value x) => x.DType == DType.Int32 ? x : To(x, OnnxType.Int32, DType.Int32);

    private Value To(Value x, OnnxType type, DType dtype, bool saturate = true)
    {
        if (x.Type == type && x.DType == dtype) return x;
        if (x.Constant is { } data)
        {
            if (x.Type == type) return x with { DType = dtype };
            var values = Array.ConvertAll(data.Values, v => Convert(x.Type, type, v, saturate));
            return x with { Type = type, DType = dtype, Constant = new ConstantData(values) };
        }

        if (x.DType == dtype && (x.Type == OnnxType.Bool || type != OnnxType.Bool)) return x with { Type = type };
        var attributes = new List<GraphAttribute> { new("dtype", dtype.Name()) };
        if (type == OnnxType.Bool) attributes.Add(new("bool", 1));
        if (!saturate && dtype is DType.Fp8E4M3Fn or DType.Fp8E5M2 && !saturate) attributes.Add(new("saturate", 0));
        return Add("cast", [x], type, [.. attributes]);
    }

    /// <summary>One value by the rules of Cast.</summary>
    public static double Convert(OnnxType from, OnnxType to, double value, bool saturate = true)
    {
        if (!to.IsInteger()) return HostTypes.Round(to, value, saturate);
        return HostTypes.Wrap(to, from.IsFloat() ? Math.Truncate(value) : value);
    }

    /// <summary>Operands of one dtype: constants follow tensors, narrower floats become wider ones.</summary>
    private Value[] Together(Value[] operands)
    {
        var first = operands.FirstOrDefault(o => o.Constant is null) ?? operands[0];
        var widest = operands.Where(o => o.Constant is null || first.Constant is not null)
            .MaxBy(o => o.DType.Size())!.DType;
        if (operands.Any(o => o.Constant is null && o.DType.IsFloat() != widest.IsFloat()))
            throw new OnnxRefusal($"operands {string.Join(", ", operands.AsEnumerable())} differ in type");
        return [.. operands.Select(o => o.DType == widest ? o
            : o.Constant is not null && o.DType.IsFloat() == widest.IsFloat() ? o with { DType = widest }
            : To(o, first.Type, widest))];
    }

    private static double? Only(Value c)
    {
        var values = c.Constant!.Values;
        return Array.TrueForAll(values, v => v == values[0]) ? values[0] : null;
    }
}
