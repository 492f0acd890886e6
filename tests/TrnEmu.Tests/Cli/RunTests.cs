using System.Text.Json;
using System.Text.RegularExpressions;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Cli;

public sealed partial class RunTests
{
    private static readonly string[] Small = ["run", "softmax", "--dim", "M=130", "--dim", "N=40"];

    [Fact]
    public void Report_reads_like_this()
    {
        var (code, output, error) = Shell.Run(Small);
        Assert.Equal((0, ""), (code, error));
        Golden.Check("softmax.txt", Host().Replace(output, "Host: …"));
    }

    [Fact]
    public void Json_has_the_fields_that_scripts_depend_on()
    {
        var (code, output, _) = Shell.Run([.. Small, "--json", "-"]);
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        string[] fields =
        [
            "schema", "trnemu", "target", "chip", "cores", "runs", "time_us", "time_with_runtime_us", "instructions",
            "engine_instructions", "instructions_by_name", "engines", "dma", "hbm", "tensor", "memory", "stalls_us",
            "basis", "critical_path", "stalls", "roofline",
            "outputs", "hints", "check", "host", "diagnostics",
        ];
        Assert.Equal(fields.Order(), json.RootElement.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(["tensor", "vector", "scalar", "gpsimd", "sync"], json.RootElement.GetProperty("engines").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void Compiled_text_gives_the_same_bytes_and_cycles()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("softmax.trn");
        Assert.Equal(0, Shell.Run(["compile", .. Small[1..], "-o", file]).Code);
        using var kernel = JsonDocument.Parse(Shell.Run([.. Small, "--json", "-"]).Output);
        using var text = JsonDocument.Parse(Shell.Run("run", file, "--json", "-").Output);
        foreach (var field in (string[])["time_us", "outputs", "instructions", "engines", "stalls_us"])
            Assert.Equal(kernel.RootElement.GetProperty(field).GetRawText(), text.RootElement.GetProperty(field).GetRawText());
    }

    [Fact]
    public void Outputs_are_written_and_can_be_given_back_as_inputs()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Shell.Run("run", "copy", "--dtype", "fp32", "--output-dir", folder.Path).Code);
        var first = Shell.Run("run", "copy", "--dtype", "fp32", "--seed", "7", "--input", $"x={folder.File("y.npy")}", "--json", "-");
        var second = Shell.Run("run", "copy", "--dtype", "fp32", "--json", "-");
        Assert.Equal(Hash(second.Output), Hash(first.Output));
    }

    [Fact]
    public void Seed_changes_inputs_and_threads_change_nothing()
    {
        string Run(params string[] more) => Hash(Shell.Run([.. Small, "--json", "-", .. more]).Output);
        Assert.NotEqual(Run("--seed", "1"), Run("--seed", "2"));
        Assert.Equal(Run("--threads", "1"), Run("--threads", "2"));
    }

    [Theory]
    [InlineData("trn1"), InlineData("inf2"), InlineData("trn2"), InlineData("trn3"), InlineData("unit")]
    public void Every_chip_runs(string chip) => Assert.Equal(0, Shell.Run([.. Small, "--chip", chip]).Code);

    [Fact]
    public void A_program_without_operations_takes_no_time()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("empty.trn", "trn 1\nchip trn2\ncores 1\n\ncore 0\n");
        Assert.Equal((0, ""), (Shell.Run("run", file).Code, Shell.Run("run", file).Error));
        using var json = JsonDocument.Parse(Shell.Run("run", file, "--json", "-").Output);
        Assert.Equal(0, json.RootElement.GetProperty("time_us").GetDouble());
    }

    private static string Hash(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("outputs")[0].GetProperty("sha256").GetString()!;
    }

    [GeneratedRegex("Host: .*")]
    private static partial Regex Host();
}
