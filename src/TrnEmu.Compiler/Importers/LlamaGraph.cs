using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>The graph of a llama2.c model that decodes one token a run.</summary>
internal sealed class LlamaGraph
{
    /// <summary>What llama2.c adds to the mean of squares.</summary>
    public const double Epsilon = 1e-5;

    private readonly GraphBuilder _graph = new();
    private readonly LlamaHeader _header;
    private readonly ImportOptions _types;

    private LlamaGraph(LlamaHeader header, ImportOptions types, string file)
    {
        (_header, _types) = (header, types);
        _graph.Span = new SourceSpan(file, 0);
    }

    /// <summary>The graph: embedding, layers, norm, classifier.</summary>
    public static ModelGraph Build(LlamaHeader header, ImportOptions types, string file) => new LlamaGraph(header, types, file).Build();

    private ModelGraph Build()
    {
        var h = _header;
        _graph.Declare(Decoder.Token, new TensorType(DType.Int32, [1, 1]), GraphRole.Input);
        _graph.Declare(Decoder.Position, new TensorType(DType.Int32, [1, 1]), GraphRole.Input);
        Constant(LlamaNames.Embedding, _types.DType, h.Vocabulary, h.Dim);
        Constant(LlamaNames.Cos, _types.DType, h.Positions, h.HeadSize / 2);
        Constant(LlamaNames.Sin, _types.DType, h.Positions, h.HeadSize / 2);
        var x = _graph.Add("x", "embedding", [LlamaNames.Embedding, Decoder.Token], [], "embedding");
        for (var layer = 0; layer < h.Layers; layer++) x = new LlamaLayer(_graph, h, _types, layer).Add(x);
        Constant(LlamaNames.FinalNorm, _types.DType, h.Dim);
        Constant(LlamaNames.Classifier, _types.DType, h.Dim, h.Vocabulary);
        x = _graph.Add("final", "rms_norm", [x, LlamaNames.FinalNorm], [new("epsilon", Epsilon)], "classifier");
        _graph.Output(_graph.Add(Decoder.Logits, "linear", [x, LlamaNames.Classifier], [new("dtype", "fp32")], "classifier"));
        return _graph.Build();
    }

    private void Constant(string name, DType dtype, params ReadOnlySpan<int> shape) =>
        _graph.Declare(name, new TensorType(dtype, [.. shape]), GraphRole.Constant);
}
