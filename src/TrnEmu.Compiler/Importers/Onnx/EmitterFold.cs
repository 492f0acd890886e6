using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <content>Computing what is known.</content>
internal sealed partial class Emitter
{
    private long _folded;

    /// <summary>Elements that were computed so far; bounded so that a hostile file cannot keep the importer
    /// busy.</summary>
    private const long MaxFolded = 1L << 31;

    private Value Fold(GraphCall call, TensorType result, Value[] operands, OnnxType type)
    {
        _folded += result.Elements + 64;
        if (_folded > MaxFolded) throw new OnnxRefusal($"constants of more than {MaxFolded} elements would be computed");
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
