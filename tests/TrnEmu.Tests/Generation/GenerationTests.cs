using System.Text.Json;
using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Generation;

public sealed class GenerationTests
{
    /// <summary>38 tokens after 3 need 40 positions: the program for 32, then the one for 40, over the same
    /// caches.</summary>
    [Theory]
    [InlineData("trn1", "fp32", true)]
    [InlineData("trn2", "bf16", true)]
    [InlineData("trn3", "fp16", false)]
    public void Logits_stay_right_when_the_caches_outgrow_a_program(string chip, string dtype, bool isTied)
    {
        using var model = new ModelFolder(isTied);
        using var json = model.Run(
            "--tokens", "5,6,7", "--steps", "38", "--chip", chip, "--dtype", dtype, "--temperature", "2");
        var root = json.RootElement;
        Assert.True(root.GetProperty("check").GetProperty("passed").GetBoolean());
        var times = root.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("time_us").GetDouble());
        double[] steps = [.. times];
        Assert.Equal(root.GetProperty("tokens").GetArrayLength(), steps.Length);
        Assert.True(steps.Length < 38 || steps[0] < steps[^1], "a longer cache takes longer to read");
    }

    [Fact]
    public void Drawn_tokens_depend_on_the_seed_alone()
    {
        using var model = new ModelFolder();
        string Draw(string seed, string threads)
        {
            using var json = model.Run(
                "--steps", "12", "--temperature", "3", "--seed", seed, "--threads", threads, "--dtype", "fp32");
            return json.RootElement.GetProperty("tokens").GetRawText();
        }

        Assert.Equal(Draw("1", "1"), Draw("1", "4"));
        Assert.NotEqual(Draw("1", "1"), Draw("2", "1"));
    }

    [Fact]
    public void A_prompt_is_read_before_the_answer_begins()
    {
        using var model = new ModelFolder();
        using var whole = model.Run("--tokens", "5", "--steps", "6", "--dtype", "fp32");
        var tokens = whole.RootElement.GetProperty("tokens").EnumerateArray().Select(t => t.GetInt32()).ToArray();
        using var rest = model.Run(
            "--tokens", string.Join(',', [5, .. tokens[..3]]), "--steps", $"{tokens.Length - 3}", "--dtype", "fp32");
        Assert.Equal(tokens[3..], rest.RootElement.GetProperty("tokens").EnumerateArray().Select(t => t.GetInt32()));
        Assert.Equal(tokens.Length, rest.RootElement.GetProperty("runs").GetInt32());
    }

    [Fact]
    public void A_compiled_step_runs_from_its_text_with_its_constants()
    {
        using var model = new ModelFolder();
        var program = model.Folder.File("step.trn");
        Assert.Equal(0, Shell.Run("compile", model.Path, "--dtype", "fp32", "--steps", "8", "-o", program).Code);
        Assert.True(File.Exists(program + ".bin"));
        var (code, output, error) = Shell.Run("run", program, "--json", "-");
        Assert.Equal((0, ""), (code, error));
        using var fromText = JsonDocument.Parse(output);
        using var fromModel = model.Run("--steps", "8", "--dtype", "fp32");
        Assert.Equal(fromModel.RootElement.GetProperty("time_us").GetDouble(),
            fromText.RootElement.GetProperty("time_us").GetDouble());
    }

    [Fact]
    public void The_graph_is_shown_among_the_stages_and_reads_back()
    {
        using var model = new ModelFolder();
        var (code, output, _) = Shell.Run("compile", model.Path, "--dump-after", "graph", "--steps", "33");
        Assert.Equal(0, code);
        var graph = GraphText.Parse(output["# after graph\n".Length..].Trim(), "output");
        Assert.Equal(TinyLlama.Read(TinyLlama.Bytes(), DType.Bf16).Model.Graph, graph);
        Assert.Contains(
            "# after graph", Shell.Run("compile", model.Path, "--dump-after", "all").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TRN1422: token 24 is not in the vocabulary", "--tokens", "24")]
    [InlineData("TRN1422: the model's pieces of text are not known", "--prompt", "hello")]
    [InlineData("TRN1001: --prompt and --tokens", "--prompt", "a", "--tokens", "1")]
    [InlineData("TRN1001: --tokens x", "--tokens", "1,x")]
    [InlineData("TRN1001: --steps 0", "--steps", "0")]
    [InlineData("TRN1001: --temperature -1", "--temperature", "-1")]
    [InlineData("TRN1001: --weights fp5", "--weights", "fp5")]
    [InlineData("TRN1002: --case, --dim and --input", "--case", "ragged")]
    public void Options_that_a_model_cannot_take_are_refused(string finding, params string[] options)
    {
        using var model = new ModelFolder();
        var (code, output, error) = Shell.Run(["run", model.Path, .. options]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(finding, error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_longer_than_the_model_is_cut_with_a_warning()
    {
        using var model = new ModelFolder();
        using var json = model.Run("--steps", "1000", "--dtype", "fp32");
        Assert.Equal(TinyLlama.Positions, json.RootElement.GetProperty("tokens").GetArrayLength());
        Assert.Equal("TRN1423", json.RootElement.GetProperty("diagnostics")[0].GetProperty("code").GetString());
    }

    private sealed class ModelFolder : IDisposable
    {
        public ModelFolder(bool isTied = true) => File.WriteAllBytes(Path, TinyLlama.Bytes(isTied));

        public TemporaryFolder Folder { get; } = new();

        public string Path => Folder.File("tiny.bin");

        public JsonDocument Run(params string[] options)
        {
            var (code, output, error) = Shell.Run(["run", Path, "--json", "-", .. options]);
            Assert.Equal((0, ""), (code, error));
            return JsonDocument.Parse(output);
        }

        public void Dispose() => Folder.Dispose();
    }
}
