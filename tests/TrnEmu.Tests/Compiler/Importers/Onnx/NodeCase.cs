using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Importers.Onnx;

/// <summary>One ONNX node test: a model, its inputs and the outputs that it must give.</summary>
internal sealed class NodeCase
{
    private const double Relative = 1e-3;
    private const double Absolute = 1e-7;
    private readonly string _folder;
    private readonly ModelProto _model;

    public NodeCase(string folder)
    {
        _folder = folder;
        _model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
    }

    /// <summary>Bytes of the model.</summary>
    public byte[] Bytes => File.ReadAllBytes(Path.Combine(_folder, "model.onnx"));

    /// <summary>Values of the inputs.</summary>
    public Dictionary<string, OnnxTensor> Inputs => Tensors("input", _model.Graph.Input.Select(i => i.Name));

    /// <summary>Imports the model and computes it; what differs from what it must give, or null.</summary>
    /// <param name="compute">The model's outputs by name, from its inputs.</param>
    public string? Run(Func<ImportedModel, Dictionary<string, double[]>, Dictionary<string, double[]>> compute)
    {
        var inputs = Inputs;
        var model = OnnxFile.Read(
            Path.Combine(_folder, "model.onnx"), new OnnxOptions(DType.Fp32, new Dictionary<string, int>(), inputs));
        var values = inputs.ToDictionary(i => i.Key, i => i.Value.Values);
        var results = compute(model, values);
        foreach (var (name, expected) in Tensors("output", _model.Graph.Output.Select(o => o.Name)))
        {
            var port = model.Outputs.Single(o => o.Name == name);
            if (port.Type != expected.Type) return $"{name} is {port.Type}, expected {expected.Type}";
            if (!port.Shape.SequenceEqual(expected.Shape))
                return $"{name} is [{string.Join(',', port.Shape)}], expected [{string.Join(',', expected.Shape)}]";
            for (var i = 0; i < expected.Values.Length; i++)
            {
                if (!IsNear(expected.Type, results[name][i], expected.Values[i]))
                    return $"{name}[{i}] is {results[name][i]}, expected {expected.Values[i]}";
            }
        }

        return null;
    }

    /// <summary>The model's outputs by the operations' meaning, each result rounded to its dtype.</summary>
    public static Dictionary<string, double[]> Interpret(ImportedModel model, Dictionary<string, double[]> inputs)
    {
        var rounded = new RoundedInterpreter(model.Model);
        return model.Results(rounded.Run(model.Feed(inputs)), inputs);
    }

    private static bool IsNear(OnnxType type, double actual, double expected)
    {
        if (double.IsNaN(expected) || double.IsInfinity(expected)) return actual.Equals(expected);
        if (!type.IsFloat()) return actual == expected;
        return Math.Abs(actual - expected) <= Absolute + Relative * Math.Abs(expected);
    }

    private Dictionary<string, OnnxTensor> Tensors(string kind, IEnumerable<string> names)
    {
        var tensors = new Dictionary<string, OnnxTensor>();
        foreach (var (name, index) in names.Select((n, i) => (n, i)))
        {
            var path = Path.Combine(_folder, "test_data_set_0", FormattableString.Invariant($"{kind}_{index}.pb"));
            var (type, shape, data) = new TensorReader(path).Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path)), name);
            tensors.Add(name, new OnnxTensor(type, shape, data.Values));
        }

        return tensors;
    }
}
