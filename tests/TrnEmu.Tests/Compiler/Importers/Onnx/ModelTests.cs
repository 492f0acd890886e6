using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Generation;
using TrnEmu.Tests.Inference;

namespace TrnEmu.Tests.Compiler.Importers.Onnx;

/// <summary>Whole models, imported and computed by the meaning of our operations.</summary>
public sealed class ModelTests
{
    private const int Vocabulary = 1000;

    private static readonly double[] FirstLogits =
        [1.21639, 3.18745, -2.25709, -0.93986, -1.59984, -3.05329, -2.82010, -0.06411, 3.75218, 2.48027];

    [Fact]
    public void A_vision_transformer_gives_its_logits()
    {
        const int images = 8;
        var model = OnnxFile.Read(
            SharedModels.Path("vit/ibp_3_3_8.onnx"),
            new OnnxOptions(DType.Fp32) { Dims = new Dictionary<string, int> { ["batch_size"] = images } });
        var (pixels, labels) = Pictures.Read(images);
        var logits = NodeCase.Interpret(model, new() { ["input"] = pixels })["output"];
        Assert.All(FirstLogits.Zip(logits), p => Assert.Equal(p.First, p.Second, 1e-4));
        Assert.Equal(labels, logits.Chunk(10).Select(l => (long)Array.IndexOf(l, l.Max())));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0, 52 }, new[] { 204, 204, 204, 204, 204, 204 }, 0.479325)]
    [InlineData(new[] { 0, 0, 195, 731 }, new[] { 731, 114, 114, 114, 114, 114 }, 0.341824)]
    public void Tiny_GPT2_continues_as_known(int[] prompt, int[] expected, double firstLogit)
    {
        var path = SharedModels.Path("gpt2/past.onnx");
        var (tokens, positions, past) = (prompt, 0, new Dictionary<string, double[]>());
        for (var l = 0; l < 5; l++) past[$"past_{l}"] = [];
        for (var step = 0; step < expected.Length; step++)
        {
            var dims = new Dictionary<string, int>
            {
                ["batch_size"] = 1,
                ["seq_len"] = tokens.Length,
                ["past_seq_len"] = positions,
                ["total_seq_len"] = positions + tokens.Length,
            };
            var model = OnnxFile.Read(path, new OnnxOptions(DType.Fp32) { Dims = dims });
            var inputs = new Dictionary<string, double[]>(past)
            {
                ["input_ids"] = [.. tokens.Select(t => (double)t)],
                ["position_ids"] = [.. tokens.Select((_, i) => (double)(positions + i))],
                ["attention_mask"] = [.. Enumerable.Repeat(1.0, positions + tokens.Length)],
            };
            var results = NodeCase.Interpret(model, inputs);
            var logits = results["logits"].AsSpan(Vocabulary * (tokens.Length - 1)).ToArray();
            if (step == 0) Assert.Equal(firstLogit, logits.Max(), 1e-5);
            positions += tokens.Length;
            tokens = [Array.IndexOf(logits, logits.Max())];
            Assert.Equal(expected[step], tokens[0]);
            for (var l = 0; l < 5; l++) past[$"past_{l}"] = results[$"present_{l}"];
        }
    }
}
