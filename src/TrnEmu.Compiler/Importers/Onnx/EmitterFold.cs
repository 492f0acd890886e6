using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <content>Computing what is known.</content>
internal sealed partial class Emitter
{
    private long _budget = 1L << 26;

    /// <summary>Lets as many more elements be computed: a multiple of what the file itself has, so that a small file
    /// never takes gigabytes or minutes.</summary>
    public void Grant(long elements) => _budget += elements;

    /// <summary>True when a result may be computed while importing; else it is left to the chip, or refused.</summary>
    public bool TrySpend(long elements)
    {
        if (elements > Math.Min(FoldLimit, _budget)) return false;
        _budget -= elements + 16;
        return true;
    }

    private static Value Fold(GraphCall call, TensorType result, Value[] operands, OnnxType type)
    {
        var isWide = IsArithmetic(call.Op.Name) && operands.Any(o => o.Type is OnnxType.Int64 or OnnxType.UInt64);
        var types = operands.Select(o => TypeOf(o) with { DType = isWide ? DType.Fp32 : o.DType }).ToArray();
        var node = call.Node with { Outputs = ["y"] };
        var wide = new GraphCall(
            node, call.Op, name => types[int.Parse(name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)]);
        var values = new Dictionary<string, double[]> { ["y"] = new double[result.Elements] };
        for (var i = 0; i < operands.Length; i++) values[node.Inputs[i]] = operands[i].Constant!.Values;
        call.Op.Body.Evaluate(wide, new NodeValues(wide, values));
        var y = values["y"];
        if (type.IsFloat()) RoundAll(type, y);
        else if (isWide && result.DType.IsInteger()) TruncateAll(y);
        return new Value(type, result.DType, [.. result.Shape]) { Constant = new ConstantData(y) };
    }

    private static bool IsArithmetic(string op) => op is "binary" or "unary" or "reduce" or "cumsum";

    private static void RoundAll(OnnxType type, double[] values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = HostTypes.Round(type, values[i]);
    }

    private static void TruncateAll(double[] values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = Math.Truncate(values[i]);
    }
}
