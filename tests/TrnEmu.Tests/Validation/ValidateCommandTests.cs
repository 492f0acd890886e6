using System.Text.Json;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Validation;

/// <summary>The command as scripts and people see it.</summary>
public sealed class ValidateCommandTests
{
    [Fact]
    public void Json_has_the_rows_and_their_errors()
    {
        using var folder = new TemporaryFolder();
        var (exit, output, error) =
            Shell.Run("validate", "--rows", folder.Write("m.json", MeasurementText.Good), "--json", "-");
        Assert.Equal("", error);
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        var rows = root.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(["a", "b"], rows.Select(r => r.GetProperty("id").GetString()));
        double[] errors = [.. rows.Select(r => r.GetProperty("error").GetDouble())];
        foreach (var (row, e) in rows.Zip(errors))
        {
            Assert.Equal("trn2", row.GetProperty("chip").GetString());
            Assert.Equal("us", row.GetProperty("unit").GetString());
            Assert.Equal(row.GetProperty("predicted").GetDouble() / row.GetProperty("measured").GetDouble() - 1, e,
                1e-12);
        }

        Assert.Equal(errors.Average(Math.Abs), root.GetProperty("mean_abs_error").GetDouble(), 1e-12);
        Assert.Equal(errors.Average(Math.Abs), root.GetProperty("median_abs_error").GetDouble(), 1e-12);
        Assert.InRange(root.GetProperty("within_2x").GetDouble(), 0, 1);
        var chip = root.GetProperty("chips").GetProperty("trn2");
        Assert.Equal("t activate", chip.GetProperty("stages")[0].GetProperty("name").GetString());
        Assert.Equal(1, chip.GetProperty("packets").GetArrayLength());
        Assert.Equal("sizes", root.GetProperty("ladders")[0].GetProperty("ladder").GetString());
        Assert.Equal(root.GetProperty("passed").GetBoolean() ? 0 : 1, exit);
    }

    [Fact]
    public void The_exit_code_says_whether_limits_hold()
    {
        using var folder = new TemporaryFolder();
        var (_, output, _) =
            Shell.Run("validate", "--rows", folder.Write("m.json", MeasurementText.Good), "--json", "-");
        using var json = JsonDocument.Parse(output);
        double Predicted(int i) => json.RootElement.GetProperty("rows")[i].GetProperty("predicted").GetDouble();
        var exact = MeasurementText.With("[20, 22, 21]", Text(Predicted(0)))
            .Replace("[30]", Text(Predicted(1)), StringComparison.Ordinal);
        var (exit, table, error) = Shell.Run("validate", "--rows", folder.Write("exact.json", exact));
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("every limit holds", table, StringComparison.Ordinal);
        var far = exact.Replace(Text(Predicted(1)), Text(3 * Predicted(1)), StringComparison.Ordinal);
        (exit, table, _) =
            Shell.Run("validate", "--rows", folder.Write("far.json", far), "--json", folder.File("far.out"));
        Assert.Equal(1, exit);
        Assert.Contains("  miss\n", table.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("far.out")));

        static string Text(double value) => FormattableString.Invariant($"[{value:R}]");
    }

    [Fact]
    public void One_chip_can_be_asked_for()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("m.json", MeasurementText.Good);
        Assert.Contains(
            "add", Shell.Run("validate", "--rows", file, "--chip", "trn2").Output, StringComparison.Ordinal);
        var (exit, _, error) = Shell.Run("validate", "--rows", file, "--chip", "trn1");
        Assert.Equal(2, exit);
        Assert.Contains(
            "error TRN1706: no measurement of trn1: there are some of trn2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_name_file_and_line()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("m.json", MeasurementText.With("[20, 22, 21]", "[-1]"));
        var (exit, output, error) = Shell.Run("validate", "--rows", file);
        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith($"{file}:11: error TRN1704: rows.a.values[0] is -1", error, StringComparison.Ordinal);
        Assert.Equal(2, Shell.Run("validate", "--rows", folder.File("none.json")).Code);
        Assert.Equal(2, Shell.Run("validate", "--rows", folder.Path).Code);
    }

    [Fact]
    public void Absurd_values_and_names_do_not_spoil_the_page()
    {
        using var folder = new TemporaryFolder();
        var far = MeasurementText.With("[20, 22, 21]", "[1e-300]").Replace("[30]", "[1e300]", StringComparison.Ordinal);
        var (exit, output, _) = Shell.Run("validate", "--rows", folder.Write("far.json", far));
        Assert.Equal(1, exit);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 160));
        var steering = MeasurementText.With("\"a\": {", "\"\\u001b[31m\": {");
        (exit, output, var error) = Shell.Run("validate", "--rows", folder.Write("steering.json", steering));
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("has an id of 5 characters", error, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", error, StringComparison.Ordinal);
        Assert.Contains("is empty", Shell.Run("validate", "--rows", folder.Write("empty.json", "")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_miss_is_not_many()
    {
        using var folder = new TemporaryFolder();
        const string Row = """
            { "rows": { "a": { "chip": "trn2", "kernel": "add", "metric": "latency", "unit": "us", "values": [9000],
              "includes_runtime": true, "source": "a test" } } }
            """;
        var (_, output, _) = Shell.Run("validate", "--rows", folder.Write("m.json", Row));
        Assert.Contains("1 figure misses its limit;", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_page_names_the_options()
    {
        var (exit, output, _) = Shell.Run("validate", "--help");
        Assert.Equal(0, exit);
        foreach (var option in (string[])["--rows <FILE>", "--chip <NAME>", "--json <FILE|->"])
            Assert.Contains(option, output, StringComparison.Ordinal);
        Assert.Contains("validate", Shell.Run("--help").Output, StringComparison.Ordinal);
        Assert.Contains("TRN1704", Shell.Run("help").Output, StringComparison.Ordinal);
    }
}
