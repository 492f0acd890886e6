namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>For each operation of graphs how a node of it comes into a draft.</summary>
internal static class NodeMakers
{
    /// <summary>By the operation's name; each gives the result, or null where it is not tame.</summary>
    public static IReadOnlyDictionary<string, Func<Draft, Known?>> All { get; } = new Dictionary<string, Func<Draft, Known?>>
    {
        ["reshape"] = Moves.Reshape,
        ["view"] = Moves.View,
        ["concat"] = Moves.Concat,
        ["pad"] = Moves.Pad,
        ["where"] = Moves.Where,
        ["embedding"] = Moves.Embedding,
        ["scatter_rows"] = Moves.ScatterRows,
        ["cast"] = Elementwise.Cast,
        ["unary"] = Elementwise.Unary,
        ["binary"] = Elementwise.Binary,
        ["reduce"] = Rows.Reduce,
        ["softmax"] = Rows.Softmax,
        ["cumsum"] = Rows.Cumsum,
        ["topk"] = Rows.TopK,
        ["layer_norm"] = Rows.LayerNorm,
        ["rms_norm"] = Rows.RmsNorm,
        ["matmul"] = Products.Matmul,
        ["linear"] = Products.Linear,
        ["gelu_mlp"] = Products.GeluMlp,
        ["swiglu_mlp"] = Products.SwigluMlp,
        ["dequantize"] = Products.Dequantize,
        ["quantize"] = Narrow.Quantize,
        ["linear_mx"] = Narrow.LinearMx,
        ["rope"] = Sequences.Rope,
        ["attention"] = Sequences.Attention,
        ["cache_append"] = Sequences.CacheAppend,
    };
}
