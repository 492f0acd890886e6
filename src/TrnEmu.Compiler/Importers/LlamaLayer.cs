using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>One layer: attention and MLP, each after a norm, each added to what came in.</summary>
internal sealed class LlamaLayer(GraphBuilder graph, LlamaSizes s, ImportOptions types, int layer)
{
    private static readonly GraphAttribute Fp32 = new("dtype", DType.Fp32.Name());
    private readonly string _source = FormattableString.Invariant($"layer {layer}");

    /// <summary>Adds the layer's nodes; returns the name of its result.</summary>
    public string Add(string x)
    {
        var norm = Norm("a_norm", x, "attention_norm");
        var q = Rotated("q", Product("q", norm, s.QueryDim), s.Heads);
        var keys = Append("keys", Rotated("k", Product("k", norm, s.KvDim), s.KvHeads));
        var values = Append("values", Product("v", norm, s.KvDim));
        var mixed = Node(
            "attention", "attention", [q, keys, values, Decoder.Position], new("heads", s.Heads),
            new("kv_heads", s.KvHeads), new("scale", 1 / Math.Sqrt(s.HeadSize)), new("dtype", types.DType.Name()));
        x = Node(
            "x_attention", "linear",
            [mixed, Matrix("wo", s.QueryDim, s.Dim), s.HasOutputBias ? Vector("bo", s.Dim) : "", x],
            Fp32);
        norm = Norm("m_norm", x, "ffn_norm");
        return Node(
            "x_mlp", "swiglu_mlp",
            [norm, Matrix("w1", s.Dim, s.Hidden), Matrix("w3", s.Dim, s.Hidden), Matrix("w2", s.Hidden, s.Dim), x],
            Fp32);
    }

    private string Norm(string name, string x, string weight) => Node(
        name, "rms_norm", [x, Vector(weight, s.Dim)], new("epsilon", s.Epsilon), new("dtype", types.DType.Name()));

    private string Rotated(string name, string x, int heads) => Node(
        name + "_rope", "rope", [x, ConstantNames.Cos, ConstantNames.Sin, Decoder.Position],
        new GraphAttribute("heads", heads));

    private string Append(string name, string rows)
    {
        var cache = graph.Declare(
            ConstantNames.OfLayer(layer, name), new TensorType(DType.Fp32, [s.Positions, s.KvDim]), GraphRole.Cache);
        return graph.Add(cache, "cache_append", [cache, rows, Decoder.Position], [], $"{_source} {name}");
    }

    private string Node(
        string name, string op, ReadOnlySpan<string> inputs, params ReadOnlySpan<GraphAttribute> attributes) =>
        graph.Add(ConstantNames.OfLayer(layer, name), op, inputs, attributes, $"{_source} {name}");

    private string Product(string name, string x, int outputs)
    {
        var weight = Matrix("w" + name, s.Dim, outputs);
        return Node(
            name, "linear", s.HasInputBiases ? [x, weight, Vector("b" + name, outputs)] : [x, weight], Fp32);
    }

    private string Vector(string name, int length) =>
        graph.Declare(ConstantNames.OfLayer(layer, name), new TensorType(types.DType, [length]), GraphRole.Constant);

    private string Matrix(string name, int rows, int columns) =>
        graph.Declare(
            ConstantNames.OfLayer(layer, name), new TensorType(types.Weights, [rows, columns]), GraphRole.Constant);
}
