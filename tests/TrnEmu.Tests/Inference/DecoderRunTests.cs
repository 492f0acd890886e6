using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Generation;

namespace TrnEmu.Tests.Inference;

/// <summary>An ONNX model with past and present, compiled and executed token by token.</summary>
public sealed class DecoderRunTests
{
    [Theory]
    [InlineData(new[] { 0, 0, 0, 52 }, new[] { 204, 204, 204, 204, 204, 204 }, DType.Fp32)]
    [InlineData(new[] { 0, 0, 0, 52 }, new[] { 204, 204, 204, 204, 204, 204 }, DType.Bf16)]
    [InlineData(new[] { 0, 0, 195, 731 }, new[] { 731, 114, 114, 114, 114, 114 }, DType.Fp32)]
    [InlineData(new[] { 0, 0, 195, 731 }, new[] { 731, 114, 114, 114, 114, 114 }, DType.Bf16)]
    public void Tiny_GPT2_continues_as_known(int[] prompt, int[] expected, DType dtype)
    {
        var options = new RunOptions { Tokens = prompt, Steps = expected.Length, DType = dtype };
        var run = Emulator.Run(SharedModels.Path("gpt2/past.onnx"), options);
        Assert.True(run.Passed, run.Check!.FirstWrong);
        Assert.Equal(expected, run.Generation!.Steps.Select(s => s.Token));
        Assert.All(run.Generation.Steps, s => Assert.True(s.TimeUs > 0));
    }

    [Fact]
    public void A_model_without_tokens_is_told_from_one_with()
    {
        var error = Assert.Throws<TrnException>(() => Emulator.Run(
            SharedModels.Path("vit/ibp_3_3_8.onnx"), new RunOptions { Tokens = [1] }));
        Assert.Contains("input_ids", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tokens in place of --prompt", "--prompt", "x")]
    [InlineData("--case is for kernels", "--case", "bf16")]
    [InlineData("--steps is for models that continue", "--steps", "2")]
    [InlineData("--tokens makes all inputs", "--tokens", "1", "--input", "input_ids=x.npy")]
    public void Options_of_other_targets_are_refused(string words, params string[] options)
    {
        var (code, _, error) = Shell.Run(["run", SharedModels.Path("gpt2/past.onnx"), .. options]);
        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }
}
