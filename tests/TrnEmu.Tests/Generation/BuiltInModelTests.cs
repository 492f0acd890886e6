using System.Text.Json;
using TrnEmu.Tests.Cli;

namespace TrnEmu.Tests.Generation;

/// <summary>The model that a run without a target uses: it sorts digits.</summary>
public sealed class BuiltInModelTests
{
    [Theory]
    [InlineData("trn1", "bf16", "426304566")]
    [InlineData("inf2", "bf16", "8515904584744")]
    [InlineData("trn2", "bf16", "332322331031321")]
    [InlineData("trn2", "fp16", "0")]
    [InlineData("trn3", "fp32", "9876543210")]
    [InlineData("trn2", "fp32", "27182=")]
    public void It_sorts_the_digits_of_the_prompt(string chip, string dtype, string prompt)
    {
        var (code, output, error) = Shell.Run("run", "--prompt", prompt, "--chip", chip, "--dtype", dtype, "--json", "-");
        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        Assert.Equal(string.Concat(prompt.TrimEnd('=').Order()), json.RootElement.GetProperty("text").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("tokens").EnumerateArray().Last().GetInt32());
    }

    [Fact]
    public void Without_a_prompt_it_shows_an_example()
    {
        var (code, output, error) = Shell.Run("run");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("3141592=1123459", output, StringComparison.Ordinal);
        Assert.Contains("tokens/s", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1234567890123456", "TRN1422: the prompt has 16 characters, the model has learnt up to 15")]
    [InlineData("12x", "TRN1421: no piece of the vocabulary starts \"x=\"")]
    public void Prompts_that_it_has_not_learnt_are_refused(string prompt, string finding)
    {
        var (code, output, error) = Shell.Run("run", "--prompt", prompt);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(finding, error, StringComparison.Ordinal);
    }
}
