using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>
/// The graph of a model of the Llama family that decodes one token a run. What matrix products read (norms, the mix of
/// attention) has the model's type; the sums of layers, rotated queries and keys, the caches and the logits stay fp32,
/// which is the type in which the engines compute and PSUM holds products: bf16 keys alone move the logits of a small
/// model by 0.2.
/// </summary>
internal sealed class LlamaGraph
{
    private readonly GraphBuilder _graph = new();
    private readonly LlamaSizes _sizes;
    private readonly ImportOptions _types;

    private LlamaGraph(LlamaSizes sizes, ImportOptions types, string file)
    {
        (_sizes, _types) = (sizes, types);
        _graph.Span = new SourceSpan(file, 0);
    }

    /// <summary>The graph: embedding, layers, norm, classifier.</summary>
    public static ModelGraph Build(LlamaSizes sizes, ImportOptions types, string file) =>
        new LlamaGraph(sizes, types, file).Build();

    private ModelGraph Build()
    {
        var s = _sizes;
        _graph.Declare(Decoder.Token, new TensorType(DType.Int32, [1, 1]), GraphRole.Input);
        _graph.Declare(Decoder.Position, new TensorType(DType.Int32, [1, 1]), GraphRole.Input);
        Constant(ConstantNames.Embedding, _types.DType, s.Vocabulary, s.Dim);
        Constant(ConstantNames.Cos, DType.Fp32, s.Positions, s.Pairs);
        Constant(ConstantNames.Sin, DType.Fp32, s.Positions, s.Pairs);
        var x = _graph.Add("x", "embedding", [ConstantNames.Embedding, Decoder.Token], [], "embedding");
        for (var layer = 0; layer < s.Layers; layer++) x = new LlamaLayer(_graph, s, _types, layer).Add(x);
        Constant(ConstantNames.FinalNorm, _types.DType, s.Dim);
        Constant(ConstantNames.Classifier, _types.DType, s.Dim, s.Vocabulary);
        x = _graph.Add("final", "rms_norm", [x, ConstantNames.FinalNorm],
            [new("epsilon", s.Epsilon), new("dtype", _types.DType.Name())], "classifier");
        _graph.Output(
            _graph.Add(Decoder.Logits, "linear", [x, ConstantNames.Classifier], [new("dtype", "fp32")], "classifier"));
        return _graph.Build();
    }

    private void Constant(string name, DType dtype, params ReadOnlySpan<int> shape) =>
        _graph.Declare(name, new TensorType(dtype, [.. shape]), GraphRole.Constant);
}
