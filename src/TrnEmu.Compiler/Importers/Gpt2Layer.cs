using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>One layer: attention and MLP, each after a norm, each added to what came in.</summary>
internal sealed class Gpt2Layer(GraphBuilder graph, Gpt2Sizes s, ImportOptions types, int layer)
{
    private static readonly GraphAttribute Fp32 = new("dtype", DType.Fp32.Name());
    private readonly string _source = FormattableString.Invariant($"layer {layer}");

    /// <summary>Adds the layer's nodes; returns the name of its result.</summary>
    public string Add(string x)
    {
        var norm = Norm("a_norm", x, "attention_norm");
        var q = Product("q", norm);
        var keys = Append("keys", Product("k", norm));
        var values = Append("values", Product("v", norm));
        var mixed = Node(
            "attention", "attention", [q, keys, values, Decoder.Position], new("heads", s.Heads),
            new("kv_heads", s.Heads), new("scale", s.Scale(layer)), new("dtype", types.DType.Name()));
        x = Node("x_attention", "linear", [mixed, Matrix("wo", s.Dim, s.Dim), Vector("bo", s.Dim), x], Fp32);
        norm = Norm("m_norm", x, "ffn_norm");
        return Node(
            "x_mlp", "gelu_mlp",
            [norm, Matrix("up", s.Dim, s.Hidden), Matrix("down", s.Hidden, s.Dim), Vector("up_bias", s.Hidden),
                Vector("down_bias", s.Dim), x],
            new("activation", s.Activation), Fp32);
    }

    private string Norm(string name, string x, string weight) => Node(
        name, "layer_norm", [x, Vector(weight, s.Dim), Vector(weight + "_bias", s.Dim)], new("epsilon", s.Epsilon),
        new("dtype", types.DType.Name()));

    private string Product(string name, string x) => Node(
        name, "linear", [x, Matrix("w" + name, s.Dim, s.Dim), Vector("b" + name, s.Dim)], Fp32);

    private string Append(string name, string rows)
    {
        var cache = graph.Declare(
            ConstantNames.OfLayer(layer, name), new TensorType(DType.Fp32, [s.Positions, s.Dim]), GraphRole.Cache);
        return graph.Add(cache, "cache_append", [cache, rows, Decoder.Position], [], $"{_source} {name}");
    }

    private string Node(
        string name, string op, ReadOnlySpan<string> inputs, params ReadOnlySpan<GraphAttribute> attributes) =>
        graph.Add(ConstantNames.OfLayer(layer, name), op, inputs, attributes, $"{_source} {name}");

    private string Vector(string name, int length) => Constant(name, types.DType, length);

    private string Matrix(string name, int rows, int columns) => Constant(name, types.Weights, rows, columns);

    private string Constant(string name, DType dtype, params ReadOnlySpan<int> shape) => graph.Declare(
        ConstantNames.OfLayer(layer, name), new TensorType(dtype, [.. shape]), GraphRole.Constant);
}
