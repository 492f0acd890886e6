using System.Text.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Tests.Compiler.Importers;

/// <summary>What of config.json and of weights is refused, and in which words.</summary>
public sealed class HuggingFaceRefusalTests
{
    [Theory]
    [InlineData("model_type", "\"bert\"", "TRN1407: model_type is \"bert\", expected llama, mistral, qwen2 or gpt2")]
    [InlineData("model_type", "7", "TRN1407: model_type is \"\"")]
    [InlineData("hidden_size", "null", "hidden_size is missing")]
    [InlineData("hidden_size", "0", "hidden_size is 0, expected a whole number from 1 to 1048576")]
    [InlineData("hidden_size", "1e400", "hidden_size is Infinity")]
    [InlineData("hidden_size", "\"12\"", "hidden_size is \"12\"")]
    [InlineData("num_hidden_layers", "99999999999", "num_hidden_layers is 99999999999, expected a whole number from 1 to 4096")]
    [InlineData("num_key_value_heads", "3", "num_attention_heads is 4, num_key_value_heads 3: expected a multiple")]
    [InlineData("head_dim", "5", "heads have 5 numbers, expected an even number to rotate")]
    [InlineData("max_position_embeddings", "1e6", "expected a whole number")]
    [InlineData("rms_norm_eps", "-1", "rms_norm_eps is -1, expected a number from 0 to 1")]
    [InlineData("hidden_act", "\"gelu\"", "hidden_act is gelu, expected silu")]
    [InlineData("mlp_bias", "true", "mlp_bias is true")]
    [InlineData("partial_rotary_factor", "0.5", "partial_rotary_factor is not 1")]
    [InlineData("layer_types", "[\"full_attention\",\"sliding_attention\"]", "layer_types has \"sliding_attention\"")]
    [InlineData("quantization_config", "{}", "quantization_config: weights that others have quantised are not read")]
    [InlineData("tie_word_embeddings", "1", "tie_word_embeddings is 1, expected true or false")]
    [InlineData("eos_token_id", "[1,\"x\"]", "eos_token_id is \"x\", expected tokens")]
    [InlineData("rope_theta", "0", "rope_theta is 0, expected a number from 1 to")]
    [InlineData("rope_scaling", "{\"rope_type\":\"yarn\",\"factor\":4}", "rotations of kind \"yarn\" are not built, expected default, linear or llama3")]
    [InlineData("rope_scaling", "{\"type\":\"linear\"}", "factor is missing")]
    [InlineData("rope_scaling", "{\"type\":\"llama3\",\"factor\":4,\"low_freq_factor\":2,\"high_freq_factor\":2,\"original_max_position_embeddings\":8}", "high_freq_factor is 2, low_freq_factor 2: expected more")]
    [InlineData("rope_scaling", "[]", "the scaling of rotations is an array, expected an object")]
    [InlineData("rope_parameters", "{\"full_attention\":{\"rope_theta\":1}}", "full_attention is an object: rotations that differ by the kind of layer")]
    [InlineData("attention_bias", "true", "tensor layers.1.self_attn.o_proj.bias is missing, expected [12]")]
    [InlineData("vocab_size", "24", "tensor model.embed_tokens.weight is F32[23,12], expected F32, F16, BF16 or F64[24,12]")]
    [InlineData("num_hidden_layers", "1", "tensor model.layers.1.mlp.up_proj.weight is F32[20,12] and no part of the model that config.json describes")]
    public void Llama_options_that_are_not_built_are_refused(string name, string value, string words)
    {
        using var model = TinyModels.Llama();
        Refused(model, name, value, words);
    }

    [Theory]
    [InlineData("n_head", "5", "n_embd is 12, n_head 5: expected a multiple")]
    [InlineData("activation_function", "\"mish\"", "activation_function is mish, expected one of gelu_new")]
    [InlineData("add_cross_attention", "true", "a decoder that reads an encoder is not built")]
    [InlineData("n_inner", "50", "tensor transformer.h.0.mlp.c_fc.weight is F32[12,48], expected F32, F16, BF16 or F64[12,50]")]
    [InlineData("tie_word_embeddings", "false", "tensor lm_head.weight is missing, expected [23,12]")]
    public void GPT2_options_that_are_not_built_are_refused(string name, string value, string words)
    {
        using var model = TinyModels.Gpt2();
        Refused(model, name, value, words);
    }

    [Fact]
    public void A_window_shorter_than_the_sequence_is_refused()
    {
        using var model = TinyModels.Llama(type: "mistral");
        Refused(model, "sliding_window", "39", "sliding_window is 39, max_position_embeddings 40");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_weight_that_is_not_finite_is_named(float weight)
    {
        using var model = TinyModels.Gpt2();
        BitConverter.TryWriteBytes(model.Tensors["transformer.h.1.mlp.c_fc.bias"].Bytes.AsSpan(12), weight);
        Refused(model, "n_layer", "2", "TRN1403: number 3 of transformer.h.1.mlp.c_fc.bias is");
    }

    [Fact]
    public void Integers_are_no_weights()
    {
        using var model = TinyModels.Gpt2();
        const string Name = "transformer.wpe.weight";
        model.Tensors[Name] = model.Tensors[Name] with { Stored = "I32" };
        Refused(model, "n_layer", "2", "tensor transformer.wpe.weight is I32[40,12], expected F32, F16, BF16 or F64[40,12]");
    }

    [Theory]
    [InlineData("{", "TRN1407: not JSON")]
    [InlineData("[]", "TRN1407: expected one object")]
    [InlineData("{\"a\":1,\"a\":2}", "TRN1407: a stands twice")]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}", "TRN1407: not JSON")]
    [InlineData("{\"a\":\"\\ud800\"}", "TRN1407: not UTF-8")]
    public void A_config_that_is_no_JSON_object_is_refused(string text, string words)
    {
        using var model = TinyModels.Gpt2().Write();
        File.WriteAllText(model.File("config.json"), text);
        var e = Assert.Throws<TrnException>(() => model.Read());
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Contains("config.json", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_name_the_line_of_config()
    {
        using var model = TinyModels.Llama().Write();
        File.WriteAllText(model.File("config.json"), "{\n\"model_type\": \"llama\",\n\"hidden_size\": -1\n}");
        var e = Assert.Throws<TrnException>(() => model.Read());
        Assert.Contains("config.json:3: error TRN1407: hidden_size is -1", e.Message, StringComparison.Ordinal);
    }

    private static void Refused(ModelFolder model, string name, string value, string words)
    {
        model.Write();
        using var old = JsonDocument.Parse(File.ReadAllText(model.File("config.json")));
        var members = old.RootElement.EnumerateObject().Where(m => m.Name != name)
            .Select(m => $"\"{m.Name}\":{m.Value.GetRawText()}");
        File.WriteAllText(model.File("config.json"), $"{{{string.Join(',', members)},\"{name}\":{value}}}");
        var e = Assert.Throws<TrnException>(() => model.Read());
        Assert.Equal(FailureKind.BadInput, e.Kind);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }
}
