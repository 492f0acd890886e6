using System.Runtime.CompilerServices;
using System.Text.Json;
using TrnEmu.Cli;
using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Numerics;
using TrnEmu.Generation;
using TrnEmu.Tests.Cli;

namespace TrnEmu.Tests.Generation;

/// <summary>A real model of 260 thousand weights, and what llama2.c says with it.</summary>
public sealed class StoriesTests
{
    private const string File = "stories260K.bin";
    private const int Count = 256;

    /// <summary>The command line names the kernels to the facade; a test that goes past it needs them too.</summary>
    static StoriesTests() => RuntimeHelpers.RunClassConstructor(typeof(CommandLine).TypeHandle);

    [Theory]
    [InlineData("trn1", "fp32")]
    [InlineData("trn2", "fp32")]
    [InlineData("trn3", "fp32")]
    [InlineData("trn2", "bf16")]
    public void Greedy_tokens_are_those_of_the_reference_program(string chip, string weights)
    {
        var (code, output, error) = Shell.Run(
            "run", SharedModels.Path(File), "--steps", "256", "--dtype", "fp32", "--weights", weights,
            "--chip", chip, "--json", "-");
        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        Assert.Equal(Expected(), root.GetProperty("tokens").EnumerateArray().Select(t => t.GetInt32()));
        Assert.StartsWith(
            " Once upon a time, there was a", root.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(Count, root.GetProperty("steps").GetArrayLength());
        Assert.Equal(Count, root.GetProperty("runs").GetInt32());
        Assert.True(root.GetProperty("check").GetProperty("passed").GetBoolean());
        Assert.Equal(
            root.GetProperty("time_us").GetDouble(),
            root.GetProperty("steps")[Count - 1].GetProperty("time_us").GetDouble());
    }

    /// <summary>
    /// Tokens before the first other one as a program computed them that shares no code with ours; a tie may move it by
    /// one.
    /// </summary>
    [Theory]
    [InlineData("fp8_e4m3fn", 71)]
    [InlineData("fp8_e5m2", 40)]
    [InlineData("int8", 114)]
    [InlineData("mxfp8", 106)]
    [InlineData("mxfp4", 27)]
    public void Narrow_weights_agree_as_far_as_known(string weights, int tokens)
    {
        var (code, output, error) = Shell.Run(
            "run", SharedModels.Path(File), "--tokens", "1", "--steps", "128", "--dtype", "fp32", "--weights", weights,
            "--mx-scale", "ocp", "--only", "function", "--reference", "none", "--json", "-");
        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        var given = json.RootElement.GetProperty("tokens").EnumerateArray().Select(t => t.GetInt32());
        var same = given.Zip(Expected()).TakeWhile(t => t.First == t.Second).Count();
        Assert.InRange(same, tokens - 1, tokens + 1);
    }

    /// <summary>Products of narrow factors, judged by logits; the first tokens are those of the model as it is.</summary>
    [Theory]
    [InlineData("trn3", "mxfp8", "linear_mx")]
    [InlineData("trn3", "mxfp4", "linear_mx")]
    [InlineData("trn1", "fp8_e4m3", "quantize")]
    [InlineData("trn2", "fp8_e5m2", "quantize")]
    public void Narrow_activations_stay_near_the_reference(string chip, string dtype, string op)
    {
        const int Same = 12;
        var (code, output, error) = Shell.Run(
            "run", SharedModels.Path(File), "--tokens", "1", "--steps", "64", "--chip", chip, "--dtype", dtype, "--json", "-");
        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("check").GetProperty("passed").GetBoolean());
        Assert.Contains($"\"{op}\"", output, StringComparison.Ordinal);
        var tokens = json.RootElement.GetProperty("tokens").EnumerateArray().Select(t => t.GetInt32());
        if (dtype != "mxfp4") Assert.Equal(Expected().Take(Same), tokens.Take(Same));
    }

    [Theory]
    [InlineData("--dtype mxfp8 needs a chip of generation 4, trn2 is of generation 3", "--dtype", "mxfp8")]
    [InlineData("--dtype mxfp8 with --weights int8: the weights must be mxfp8 or mxfp4",
        "--dtype", "mxfp8", "--weights", "int8", "--chip", "trn3")]
    public void Formats_that_do_not_fit_are_refused(string words, params string[] arguments)
    {
        var (code, _, error) = Shell.Run(["run", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_have_no_narrow_activations()
    {
        var (code, _, error) = Shell.Run("run", "matmul_naive", "--dtype", "fp8_e4m3");
        Assert.Equal(2, code);
        Assert.Contains("--dtype fp8_e4m3 is for models", error, StringComparison.Ordinal);
    }

    /// <summary>
    /// In bf16, fed the right tokens: the reference has the same rounded weights, so that what is bounded is the
    /// rounding of the activations; its first two tokens are those of the fp32 weights.
    /// </summary>
    [Fact]
    public void Bf16_logits_are_near_the_reference_under_teacher_forcing()
    {
        const double Bound = 0.1;
        var path = SharedModels.Path(File);
        var decoder = LlamaFile.Read(path, new ImportOptions(DType.Bf16, DType.Bf16));
        var reference = new Interpreter(decoder.Model);
        var exact = new Interpreter(LlamaFile.Read(path, new ImportOptions(DType.Fp32, DType.Fp32)).Model);
        using var generator = new Generator(
            decoder, Chip.Load("trn2"), new RunOptions { Time = false }, Count, new HostClock());
        int[] tokens = [1, .. Expected()];
        for (var position = 0; position < Count; position++)
        {
            var logits = generator.Step(tokens[position], position).ToArray();
            var expected = Logits(reference, tokens[position], position);
            for (var i = 0; i < logits.Length; i++) Assert.InRange(logits[i] - expected[i], -Bound, Bound);
            var first = Logits(exact, tokens[position], position).Index().OrderByDescending(p => p.Item).Take(2);
            Assert.Contains(Sampler.Largest(logits), first.Select(p => p.Index));
        }
    }

    private static double[] Logits(Interpreter interpreter, int token, int position)
    {
        interpreter[Decoder.Token][0] = token;
        interpreter[Decoder.Position][0] = position;
        interpreter.Run();
        return interpreter[Decoder.Logits];
    }

    private static int[] Expected() =>
        [.. System.IO.File.ReadAllText(SharedModels.Path("stories260K.greedy256.tokens.txt"))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
}
