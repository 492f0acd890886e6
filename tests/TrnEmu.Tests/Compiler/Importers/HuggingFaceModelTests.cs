using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Importers;

/// <summary>Imported models, interpreted token by token with caches, against oracles that see whole sequences.</summary>
public sealed class HuggingFaceModelTests
{
    private static readonly int[] Tokens = [1, 7, 0, 22, 7, 13, 2, 19];

    [Theory]
    [InlineData("llama", false, false, "F32")]
    [InlineData("llama", true, false, "BF16")]
    [InlineData("llama", false, true, "F16")]
    [InlineData("qwen2", true, true, "F64")]
    [InlineData("mistral", false, false, "BF16")]
    public void A_Llama_model_is_that_of_transformers(string type, bool isTied, bool hasBias, string stored)
    {
        using var model = TinyModels.Llama(5, isTied, hasBias, stored, type);
        model.Config["sliding_window"] = null;
        model.Write();
        Same(new LlamaOracle(model) { Frequency = i => Frequency(500, i) }.Logits(Tokens), model.Read());
    }

    [Theory]
    [InlineData("rope_scaling")]
    [InlineData("rope_parameters")]
    public void Rotations_are_scaled_by_wavelength_as_llama3_does(string key)
    {
        using var model = TinyModels.Llama(6);
        var scaling = new Dictionary<string, object>
        {
            ["rope_type"] = "llama3",
            ["factor"] = 8.0,
            ["low_freq_factor"] = 1.0,
            ["high_freq_factor"] = 4.0,
            ["original_max_position_embeddings"] = 16,
        };
        if (key == "rope_parameters")
        {
            scaling["rope_theta"] = 500.0;
            model.Config.Remove("rope_theta");
        }

        model.Config[key] = scaling;
        model.Write();
        Same(new LlamaOracle(model) { Frequency = Scaled }.Logits(Tokens), model.Read());

        // Of the three frequencies one is short, one between and one long.
        static float Scaled(int i)
        {
            double f = Frequency(500, i), wave = 2 * Math.PI / f;
            if (wave < 16 / 4.0) return (float)f;
            if (wave > 16 / 1.0) return (float)(f / 8);
            var smooth = (16 / wave - 1) / (4 - 1);
            return (float)((1 - smooth) * f / 8 + smooth * f);
        }
    }

    [Fact]
    public void Rotations_are_scaled_by_a_factor()
    {
        using var model = TinyModels.Llama(7);
        model.Config["rope_scaling"] = new Dictionary<string, object> { ["type"] = "linear", ["factor"] = 4.0 };
        model.Write();
        Same(new LlamaOracle(model) { Frequency = i => Frequency(500, i) / 4 }.Logits(Tokens), model.Read());
    }

    [Theory]
    [InlineData("transformer.", true, "F32")]
    [InlineData("", true, "F16")]
    [InlineData("transformer.", false, "BF16")]
    public void A_GPT2_model_is_that_of_transformers(string prefix, bool isTied, string stored)
    {
        using var model = TinyModels.Gpt2(3, prefix, isTied, stored);
        model.Write();
        Same(new Gpt2Oracle(model) { Scale = _ => 0.5 }.Logits(Tokens), model.Read());
    }

    [Fact]
    public void Attention_of_GPT2_is_scaled_as_config_says()
    {
        using var model = TinyModels.Gpt2(4);
        (model.Config["scale_attn_weights"], model.Config["scale_attn_by_inverse_layer_idx"]) = (false, true);
        model.Write();
        Same(new Gpt2Oracle(model) { Scale = layer => 1.0 / (layer + 1) }.Logits(Tokens), model.Read());
    }

    [Fact]
    public void A_model_in_parts_is_the_same_model()
    {
        using var model = TinyModels.Llama(8);
        model.WriteSharded();
        Same(new LlamaOracle(model) { Frequency = i => Frequency(500, i) }.Logits(Tokens), model.Read());
    }

    [Fact]
    public void Weights_have_the_types_that_are_asked_for()
    {
        using var model = TinyModels.Gpt2().Write();
        var graph = model.Read(DType.Bf16, DType.Fp16).Model.Graph;
        Assert.Equal(DType.Fp16, graph["l1.up"].Type.DType);
        Assert.Equal(DType.Bf16, graph["l1.up_bias"].Type.DType);
        Assert.Equal(DType.Fp32, graph["l1.keys"].Type.DType);
    }

    [Fact]
    public void First_and_last_tokens_come_from_config()
    {
        using var model = TinyModels.Llama().Write();
        var decoder = model.Read();
        Assert.Equal((1, TinyModels.Positions, TinyModels.Vocabulary),
            (decoder.FirstToken, decoder.Positions, decoder.Vocabulary));
        Assert.Equal([2], decoder.LastTokens);
        model.Config["bos_token_id"] = null;
        model.Config["eos_token_id"] = (int[])[5, TinyModels.Vocabulary, 6];
        model.WriteConfig();
        decoder = model.Read();
        Assert.Null(decoder.FirstToken);
        Assert.Equal([5, 6], decoder.LastTokens);
    }

    private static float Frequency(double theta, int pair) => 1 / (float)Math.Pow(theta, 2f * pair / 6);

    private static void Same(double[][] expected, Decoder decoder)
    {
        var interpreter = new Interpreter(decoder.Model);
        for (var position = 0; position < Tokens.Length; position++)
        {
            interpreter[Decoder.Token][0] = Tokens[position];
            interpreter[Decoder.Position][0] = position;
            interpreter.Run();
            var actual = interpreter[Decoder.Logits];
            Assert.Equal(expected[position].Length, actual.Length);
            for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[position][i], actual[i], 1e-9);
        }
    }
}
