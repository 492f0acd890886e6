using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>
/// The graph of a model of the GPT-2 family that decodes one token a run: the embeddings of token and position, layers,
/// norm, classifier. Types as in <see cref="LlamaGraph"/>: what products read has the model's type, sums of layers,
/// caches and logits are fp32.
/// </summary>
internal sealed class Gpt2Graph
{
    private readonly GraphBuilder _graph = new();
    private readonly Gpt2Sizes _sizes;
    private readonly ImportOptions _types;

    private Gpt2Graph(Gpt2Sizes sizes, ImportOptions types, string file)
    {
        (_sizes, _types) = (sizes, types);
        _graph.Span = new SourceSpan(file, 0);
    }

    /// <summary>The graph.</summary>
    public static ModelGraph Build(Gpt2Sizes sizes, ImportOptions types, string file) =>
        new Gpt2Graph(sizes, types, file).Build();

    private ModelGraph Build()
    {
        var s = _sizes;
        _graph.Declare(Decoder.Token, new TensorType(DType.Int32, [1, 1]), GraphRole.Input);
        _graph.Declare(Decoder.Position, new TensorType(DType.Int32, [1, 1]), GraphRole.Input);
        var x = _graph.Add(
            "x", "binary",
            [
                _graph.Add("x_token", "embedding",
                    [Constant(ConstantNames.Embedding, s.Vocabulary, s.Dim), Decoder.Token], [], "embedding"),
                _graph.Add("x_position", "embedding",
                    [Constant(ConstantNames.PositionEmbedding, s.Positions, s.Dim), Decoder.Position], [], "embedding"),
            ],
            [new("function", "add")], "embedding");
        for (var layer = 0; layer < s.Layers; layer++) x = new Gpt2Layer(_graph, s, _types, layer).Add(x);
        x = _graph.Add(
            "final", "layer_norm",
            [x, Constant(ConstantNames.FinalNorm, s.Dim), Constant(ConstantNames.FinalNormBias, s.Dim)],
            [new("epsilon", s.Epsilon), new("dtype", _types.DType.Name())], "classifier");
        _graph.Output(_graph.Add(
            Decoder.Logits, "linear", [x, Constant(ConstantNames.Classifier, s.Dim, s.Vocabulary)],
            [new("dtype", "fp32")], "classifier"));
        return _graph.Build();
    }

    private string Constant(string name, params ReadOnlySpan<int> shape) =>
        _graph.Declare(name, new TensorType(_types.DType, [.. shape]), GraphRole.Constant);
}
