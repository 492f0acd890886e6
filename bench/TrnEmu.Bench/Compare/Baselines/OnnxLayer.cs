using System.Runtime.InteropServices;

namespace TrnEmu.Bench.Compare.Baselines;

/// <summary>
/// A BERT-base layer as an ONNX model in fp32 with random weights, attention in one node of ONNX Runtime's own domain,
/// as its optimiser of transformers writes it.
/// </summary>
internal sealed class OnnxLayer
{
    private const int Width = 768, Hidden = 3072, Heads = 12;
    private const int Fp32 = 1, FloatAttribute = 1, IntAttribute = 2;

    private readonly Message _graph = new();
    private readonly Random _random = new(1);

    private OnnxLayer(int tokens)
    {
        Node("Attention", "com.microsoft", ["x", Matrix("qkv", Width, 3 * Width), Vector("b_qkv", 3 * Width)], "mixed", a => a.Field(1, "num_heads").Field(3, Heads).Field(20, IntAttribute));
        Linear("mixed", "out", Width, Width);
        Normal("x", "out", "normal");
        Linear("normal", "up", Width, Hidden);
        Node("Gelu", "", ["up"], "raised");
        Linear("raised", "down", Hidden, Width);
        Normal("normal", "down", "y");
        _graph.Field(2, "layer").Field(11, Declared("x", tokens)).Field(12, Declared("y", tokens));
    }

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(int tokens) => new Message()
        .Field(1, 9)
        .Field(7, new OnnxLayer(tokens)._graph)
        .Field(8, new Message().Field(1, "").Field(2, 20))
        .Field(8, new Message().Field(1, "com.microsoft").Field(2, 1))
        .Written.ToArray();

    private void Linear(string x, string y, int rows, int columns)
    {
        Node("MatMul", "", [x, Matrix($"w_{y}", rows, columns)], $"{y}_product");
        Node("Add", "", [$"{y}_product", Vector($"b_{y}", columns)], y);
    }

    private void Normal(string x, string residual, string y)
    {
        Node("Add", "", [x, residual], $"{y}_sum");
        Node(
            "LayerNormalization", "", [$"{y}_sum", Vector($"gamma_{y}", Width), Vector($"beta_{y}", Width)], y,
            a => a.Field(1, "epsilon").Field(2, 1e-12f).Field(20, FloatAttribute));
    }

    private void Node(string op, string domain, string[] inputs, string output, Action<Message>? attribute = null)
    {
        var node = new Message();
        foreach (var input in inputs) node.Field(1, input);
        node.Field(2, output).Field(4, op).Field(7, domain);
        if (attribute is not null)
        {
            var message = new Message();
            attribute(message);
            node.Field(5, message);
        }

        _graph.Field(1, node);
    }

    private string Matrix(string name, int rows, int columns) => Constant(name, [rows, columns], 2 * MathF.Sqrt(3f / rows), -0.5f);

    private string Vector(string name, int length) => Constant(name, [length], 0.1f, 10f);

    private string Constant(string name, int[] shape, float scale, float shift)
    {
        var values = new float[shape.Aggregate(1, (n, e) => n * e)];
        foreach (ref var x in values.AsSpan()) x = (_random.NextSingle() + shift) * scale;
        var tensor = new Message();
        foreach (var extent in shape) tensor.Field(1, extent);
        tensor.Field(2, Fp32).Field(8, name).Field(9, MemoryMarshal.AsBytes(values.AsSpan()));
        _graph.Field(5, tensor);
        return name;
    }

    private static Message Declared(string name, int tokens)
    {
        var shape = new Message();
        foreach (var extent in (int[])[1, tokens, Width]) shape.Field(1, new Message().Field(1, extent));
        return new Message().Field(1, name)
            .Field(2, new Message().Field(1, new Message().Field(1, Fp32).Field(2, shape)));
    }
}
