using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>One layer: attention and MLP, each after a norm, each added to what came in.</summary>
internal sealed class LlamaLayer(GraphBuilder graph, LlamaHeader h, ImportOptions types, int layer)
{
    private static readonly GraphAttribute Fp32 = new("dtype", DType.Fp32.Name());
    private readonly string _source = FormattableString.Invariant($"layer {layer}");

    /// <summary>Adds the layer's nodes; returns the name of its result.</summary>
    public string Add(string x)
    {
        var norm = Norm("a_norm", x, "attention_norm");
        var q = Rotated("q", Node("q", "linear", [norm, Matrix("wq", h.Dim, h.Dim)], Fp32), h.Heads);
        var keys = Append(
            "keys", Rotated("k", Node("k", "linear", [norm, Matrix("wk", h.Dim, h.KvDim)], Fp32), h.KvHeads));
        var values = Append("values", Node("v", "linear", [norm, Matrix("wv", h.Dim, h.KvDim)], Fp32));
        var mixed = Node(
            "attention", "attention", [q, keys, values, Decoder.Position], new("heads", h.Heads),
            new("kv_heads", h.KvHeads), new("scale", 1 / Math.Sqrt(h.HeadSize)), new("dtype", types.DType.Name()));
        x = Node("x_attention", "linear", [mixed, Matrix("wo", h.Dim, h.Dim), "", x], Fp32);
        norm = Norm("m_norm", x, "ffn_norm");
        return Node(
            "x_mlp", "swiglu_mlp",
            [norm, Matrix("w1", h.Dim, h.Hidden), Matrix("w3", h.Dim, h.Hidden), Matrix("w2", h.Hidden, h.Dim), x],
            Fp32);
    }

    private string Norm(string name, string x, string weight) => Node(
        name, "rms_norm", [x, Vector(weight)], new("epsilon", LlamaGraph.Epsilon), new("dtype", types.DType.Name()));

    private string Rotated(string name, string x, int heads) => Node(
        name + "_rope", "rope", [x, LlamaNames.Cos, LlamaNames.Sin, Decoder.Position],
        new GraphAttribute("heads", heads));

    private string Append(string name, string rows)
    {
        var cache = graph.Declare(
            LlamaNames.OfLayer(layer, name), new TensorType(DType.Fp32, [h.Positions, h.KvDim]), GraphRole.Cache);
        return graph.Add(cache, "cache_append", [cache, rows, Decoder.Position], [], $"{_source} {name}");
    }

    private string Node(
        string name, string op, ReadOnlySpan<string> inputs, params ReadOnlySpan<GraphAttribute> attributes) =>
        graph.Add(LlamaNames.OfLayer(layer, name), op, inputs, attributes, $"{_source} {name}");

    private string Vector(string name) =>
        graph.Declare(LlamaNames.OfLayer(layer, name), new TensorType(types.DType, [h.Dim]), GraphRole.Constant);

    private string Matrix(string name, int rows, int columns) =>
        graph.Declare(
            LlamaNames.OfLayer(layer, name), new TensorType(types.Weights, [rows, columns]), GraphRole.Constant);
}
