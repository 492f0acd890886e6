using Google.Protobuf;
using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Inference;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>A model with random inputs, executed on trn2 in fp32 and compared with what an oracle expects.</summary>
internal sealed class OracleCase(int seed, long opset)
{
    private static readonly Chip Trn2 = Chip.Load("trn2");
    private static readonly RunOptions Options = new() { DType = DType.Fp32, Threads = 1 };
    private readonly ModelMaker _maker = new(opset);
    private readonly Dictionary<string, double[]> _inputs = [];
    private readonly List<(string Name, Nd Values, OnnxType Type, double Tolerance)> _expected = [];

    /// <summary>Draws whatever a case is free to choose.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>An input of random numbers.</summary>
    public Nd Floats(string name, int[] shape, double low = -2, double high = 2) =>
        Input(name, Nd.Make(shape, _ => (float)(low + (high - low) * Random.NextDouble())), OnnxType.Float);

    /// <summary>An input of random whole numbers from low to high.</summary>
    public Nd Whole(string name, int[] shape, int low, int high, OnnxType type = OnnxType.Int64) =>
        Input(name, Nd.Make(shape, _ => Random.Next(low, high + 1)), type);

    /// <summary>An input of given values.</summary>
    public Nd Input(string name, Nd values, OnnxType type)
    {
        _maker.Input(name, type, [.. values.Shape]);
        _inputs.Add(name, values.Values);
        return values;
    }

    /// <summary>A constant.</summary>
    public Nd Constant(string name, Nd values, OnnxType type = OnnxType.Int64)
    {
        var tensor = Tensor(values, type);
        tensor.Name = name;
        _maker.Model.Graph.Initializer.Add(tensor);
        return values;
    }

    /// <summary>A constant list of whole numbers.</summary>
    public void List(string name, params int[] values) =>
        Constant(name, new Nd([values.Length], Array.ConvertAll(values, static v => (double)v)));

    /// <summary>A constant without dimensions.</summary>
    public void Scalar(string name, double value, OnnxType type = OnnxType.Int64) => Constant(name, new Nd([], [value]), type);

    /// <summary>A random shape; now and then one extent is beyond the partitions of the chip.</summary>
    public int[] Shape(int rank, int largest = 7)
    {
        var shape = Enumerable.Range(0, rank).Select(_ => Random.Next(1, largest + 1)).ToArray();
        if (largest >= 5 && rank > 0 && Random.Next(8) == 0) shape[Random.Next(rank)] = Random.Next(100, 300);
        return shape;
    }

    /// <summary>True once in two.</summary>
    public bool Coin() => Random.Next(2) == 1;

    /// <summary>Adds a node.</summary>
    public void Node(string outputs, string op, string inputs, params AttributeProto?[] attributes) =>
        _maker.Node(outputs, op, inputs, [.. attributes.Where(static a => a is not null).Select(static a => a!)]);

    /// <summary>What an output must be.</summary>
    public void Expect(string name, Nd values, OnnxType type = OnnxType.Float, double tolerance = 1e-4)
    {
        _maker.Output(name);
        _expected.Add((name, values, type, type.IsFloat() ? tolerance : 0));
    }

    /// <summary>Outputs of which no values are expected.</summary>
    public void Output(params string[] names) => _maker.Output(names);

    /// <summary>Compiles, runs and compares.</summary>
    public void Check()
    {
        var imported = _maker.Read();
        using var compiled = new CompiledModel(imported, Trn2, Options, new CompileLog());
        var results = compiled.Run(_inputs);
        foreach (var (name, values, type, tolerance) in _expected)
        {
            var port = imported.Outputs.Single(o => o.Name == name);
            Assert.True(type == port.Type, $"seed {seed}: {name} is {port.Type}, expected {type}");
            Assert.True(
                values.Shape.SequenceEqual(port.Shape),
                $"seed {seed}: {name} is [{string.Join(',', port.Shape)}], expected [{string.Join(',', values.Shape)}]");
            Compare(name, results[name], values.Values, tolerance);
        }
    }

    /// <summary>The model is refused in words.</summary>
    public void CheckRefused()
    {
        var error = Assert.Throws<TrnException>(() => _maker.Read());
        Assert.All(error.Diagnostics, d => Assert.StartsWith("TRN143", d.Code.Id));
    }

    /// <summary>A whole number as an attribute, or none.</summary>
    public static AttributeProto? Int(string name, long? value) => value is { } v ? ModelMaker.Int(name, v) : null;

    /// <summary>A number as an attribute, or none.</summary>
    public static AttributeProto? Float(string name, double? value) =>
        value is { } v ? new AttributeProto { Name = name, F = (float)v, Type = 1 } : null;

    /// <summary>Whole numbers as an attribute, or none.</summary>
    public static AttributeProto? Ints(string name, params int[]? values)
    {
        if (values is null) return null;
        var attribute = new AttributeProto { Name = name, Type = 7 };
        attribute.Ints.AddRange(values.Select(static v => (long)v));
        return attribute;
    }

    /// <summary>A word as an attribute, or none.</summary>
    public static AttributeProto? Text(string name, string? value) =>
        value is null ? null : new AttributeProto { Name = name, S = ByteString.CopyFromUtf8(value), Type = 3 };

    /// <summary>A tensor as an attribute.</summary>
    public static AttributeProto Value(string name, Nd values, OnnxType type) => new() { Name = name, T = Tensor(values, type), Type = 4 };

    private static TensorProto Tensor(Nd values, OnnxType type)
    {
        var tensor = new TensorProto { DataType = (int)type };
        tensor.Dims.AddRange(values.Shape.Select(static e => (long)e));
        if (type == OnnxType.Float) tensor.FloatData.AddRange(values.Values.Select(static v => (float)v));
        else if (type == OnnxType.Double) tensor.DoubleData.AddRange(values.Values);
        else if (type == OnnxType.Int64) tensor.Int64Data.AddRange(values.Values.Select(static v => (long)v));
        else if (type is OnnxType.UInt32 or OnnxType.UInt64) tensor.Uint64Data.AddRange(values.Values.Select(static v => (ulong)v));
        else tensor.Int32Data.AddRange(values.Values.Select(static v => (int)v));
        return tensor;
    }

    private void Compare(string name, double[] actual, double[] expected, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var near = double.IsFinite(expected[i])
                ? Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]))
                : actual[i].Equals(expected[i]);
            Assert.True(near, FormattableString.Invariant($"seed {seed}: {name}[{i}] is {actual[i]}, expected {expected[i]}"));
        }
    }
}
