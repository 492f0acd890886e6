using System.Text.Json;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Compiler.Importers;

namespace TrnEmu.Tests.Generation;

/// <summary>Folders of weights as targets of the command line.</summary>
public sealed class HuggingFaceRunTests
{
    /// <summary>36 steps after 3 tokens need two programs over the same caches.</summary>
    [Theory]
    [InlineData("llama", "trn1", "fp32")]
    [InlineData("llama", "trn2", "bf16")]
    [InlineData("gpt2", "trn2", "fp32")]
    [InlineData("gpt2", "trn3", "bf16")]
    [InlineData("gpt2", "trn1", "fp16")]
    public void Logits_on_a_chip_are_those_of_the_reference(string family, string chip, string dtype)
    {
        using var model = family == "gpt2" ? TinyModels.Gpt2() : TinyModels.Llama(hasBias: true);
        model.Config["eos_token_id"] = null;
        using var json = Run(model.Write().Path, "--tokens", "5,6,7", "--steps", "36", "--chip", chip, "--dtype", dtype);
        Assert.True(json.RootElement.GetProperty("check").GetProperty("passed").GetBoolean());
        Assert.Equal(36, json.RootElement.GetProperty("tokens").GetArrayLength());
    }

    [Fact]
    public void A_folder_its_file_and_its_parts_are_one_model()
    {
        using var model = TinyModels.Llama();
        model.WriteSharded();
        using var parts = Run(model.File("model.safetensors.index.json"), "--steps", "6", "--dtype", "fp32");
        model.Write();
        using var folder = Run(model.Path, "--steps", "6", "--dtype", "fp32");
        using var file = Run(model.File("model.safetensors"), "--tokens", "1", "--steps", "6", "--dtype", "fp32");
        var tokens = folder.RootElement.GetProperty("tokens").GetRawText();
        Assert.Equal(tokens, parts.RootElement.GetProperty("tokens").GetRawText());
        Assert.Equal(tokens, file.RootElement.GetProperty("tokens").GetRawText());
    }

    /// <summary>The token that the model gives first is made its last one: the answer ends there.</summary>
    [Fact]
    public void An_answer_ends_at_a_last_token()
    {
        using var model = TinyModels.Gpt2();
        using var whole = Run(model.Write().Path, "--tokens", "3", "--steps", "5", "--dtype", "fp32");
        var first = whole.RootElement.GetProperty("tokens")[0].GetInt32();
        model.Config["eos_token_id"] = first;
        model.WriteConfig();
        using var cut = Run(model.Path, "--tokens", "3", "--steps", "5", "--dtype", "fp32");
        Assert.Equal($"[{first}]", cut.RootElement.GetProperty("tokens").GetRawText().Replace(" ", "").ReplaceLineEndings(""));
    }

    [Theory]
    [InlineData("TRN1422: the model's pieces of text are not known: give --tokens", "--prompt", "hello")]
    [InlineData("TRN1422: token 23 is not in the vocabulary, which has 23 tokens", "--tokens", "23")]
    [InlineData("TRN1422: there are no tokens to start with, and the model names no first one: give --tokens")]
    public void What_the_model_cannot_start_with_is_refused(string finding, params string[] options)
    {
        using var model = TinyModels.Gpt2();
        model.Config.Remove("bos_token_id");
        var (code, output, error) = Shell.Run(["run", model.Write().Path, .. options]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(finding, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_weights_are_one_report_with_code_2()
    {
        using var model = TinyModels.Gpt2();
        model.Tensors.Remove("transformer.h.0.ln_1.bias");
        model.Tensors.Remove("transformer.wpe.weight");
        var (code, output, error) = Shell.Run("run", model.Write().Path);
        Assert.Equal((2, ""), (code, output));
        Assert.Equal(2, error.TrimEnd().Split('\n').Length);
        Assert.Contains("TRN1408: tensor wpe.weight is missing, expected [40,12]", error, StringComparison.Ordinal);
        Assert.Contains("TRN1408: tensor h.0.ln_1.bias is missing, expected [12]", error, StringComparison.Ordinal);
    }

    private static JsonDocument Run(string target, params string[] options)
    {
        var (code, output, error) = Shell.Run(["run", target, "--json", "-", .. options]);
        Assert.Equal((0, ""), (code, error));
        return JsonDocument.Parse(output);
    }
}
