using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Importers.Onnx;

/// <summary>Computes a graph as the chip may: each operation in fp64, its result rounded once to its dtype.</summary>
internal sealed class RoundedInterpreter(Model model)
{
    private readonly Dictionary<string, TensorType> _types = model.Graph.Tensors.ToDictionary(t => t.Name, t => t.Type);
    private readonly Dictionary<string, double[]> _tensors = [];

    /// <summary>Values of every tensor.</summary>
    public Dictionary<string, double[]> Run(Dictionary<string, double[]> inputs)
    {
        foreach (var (name, bytes) in model.Constants) _tensors[name] = Widen(_types[name], bytes);
        foreach (var (name, values) in inputs) _tensors[name] = Rounded(_types[name], (double[])values.Clone());
        foreach (var node in model.Graph.Nodes)
        {
            var call = new GraphCall(node, GraphOp.All[node.Op], name => _types[name]);
            var type = _types[node.Outputs[0]];
            _tensors[node.Outputs[0]] = new double[type.Elements];
            call.Op.Body.Evaluate(call, new NodeValues(call, _tensors));
            Rounded(type, _tensors[node.Outputs[0]]);
        }

        return _tensors;
    }

    private static double[] Rounded(TensorType type, double[] values)
    {
        if (!type.DType.IsFloat()) return values;
        for (var i = 0; i < values.Length; i++) values[i] = Conversions.Round(type.DType, (float)values[i]);
        return values;
    }

    private static double[] Widen(TensorType type, byte[] bytes)
    {
        if (type.DType == DType.Int32) return [.. Enumerable.Range(0, bytes.Length / 4).Select(i => (double)BitConverter.ToInt32(bytes, 4 * i))];
        var singles = new float[bytes.Length / type.DType.Size()];
        Conversions.Widen(type.DType, bytes, singles);
        return Array.ConvertAll(singles, static v => (double)v);
    }
}
