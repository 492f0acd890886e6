using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Tests.Chips;
using TrnEmu.Tests.Support;
using TrnEmu.Validation;

namespace TrnEmu.Tests.Validation;

/// <summary>
/// Rows made by hand on a trn2 whose preamble, and nothing else, is fitted: a time with the runtime is that number plus
/// what the kernel takes, so that what a refit must give can be computed on paper.
/// </summary>
public sealed class ValidatorTests : IDisposable
{
    private const string Preamble = "\"preamble_ns\": { \"value\": ";
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;
    private readonly Chip _chip;

    public ValidatorTests()
    {
        MeasuredKernels.Register();
        var text = ChipFiles.Text.Replace("\"basis\": \"fitted\"", "\"basis\": \"measured\"", StringComparison.Ordinal);
        var at = text.IndexOf(Preamble, StringComparison.Ordinal);
        var basis = text.IndexOf("\"basis\": \"", at, StringComparison.Ordinal) + "\"basis\": \"".Length;
        var end = text.IndexOf('"', basis);
        _file = _folder.Write("fitted.json", text[..basis] + "fitted" + text[end..]);
        _chip = Chip.Load(_file);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_without_fitted_numbers_is_predicted_as_it_is()
    {
        var row = Row("a", 128, "us", 20, withRuntime: false);
        var result = Assert.Single(Validate(row).Rows);
        Assert.Equal(Kernel(128), result.Predicted, 1e-9);
        Assert.Equal(result.Predicted, result.LeftOut);
        Assert.Equal(result.Predicted / 20 - 1, result.Error, 1e-12);
    }

    [Fact]
    public void A_fitted_number_names_the_rows_that_it_moves()
    {
        var result = Validate(
            Row("a", 128, "us", 20), Row("b", 128, "us", 20, withRuntime: false), Row("c", 512, "ms", 0.02));
        var constant = Assert.Single(Assert.Single(result.Chips).Constants);
        Assert.Equal("runtime.preamble_ns", constant.Path);
        Assert.Equal(["a", "c"], constant.RestsOn);
    }

    [Fact]
    public void A_row_is_left_out_by_refitting_to_the_others()
    {
        // b fixes the preamble: 22 us less its kernel and the epilogue; so a is predicted with that.
        var (a, b) = (Kernel(128), Kernel(512));
        var epilogue = _chip.Runtime.EpilogueNs / 1e3;
        var result = Validate(Row("a", 128, "us", 20), Row("b", 512, "us", 22 + b - a));
        var refitted = 22 - a - epilogue;
        Assert.InRange(refitted / (_chip.Runtime.PreambleNs / 1e3), 0.625, 1.6);
        Assert.Equal(a + refitted + epilogue, result.Rows.Single(r => r.Row.Id == "a").LeftOut!.Value, 0.05);
        Assert.Equal(b + 20 - a, result.Rows.Single(r => r.Row.Id == "b").LeftOut!.Value, 0.05);
    }

    [Fact]
    public void A_number_that_only_one_row_tells_leaves_nothing_to_refit()
    {
        var result = Assert.Single(
            Validate(Row("a", 128, "us", 20), Row("b", 128, "us", 20, withRuntime: false)).Rows, r => r.Row.Id == "a");
        Assert.Null(result.LeftOut);
        Assert.Null(result.LeftOutError);
    }

    /// <summary>A tenth more of 8 channels is no number of channels; the next one is.</summary>
    [Fact]
    public void A_fitted_number_that_must_be_whole_goes_to_the_next_whole_one()
    {
        const string Channels = "\"hbm_channels\": { \"value\": 1, \"unit\": \"channels\", \"basis\": \"documented\"";
        var fitted = Channels.Replace(": 1,", ": 8,", StringComparison.Ordinal)
            .Replace("documented", "fitted", StringComparison.Ordinal);
        var text = File.ReadAllText(_file);
        Assert.Contains(Channels, text);
        var file = _folder.Write("channels.json", text.Replace(Channels, fitted, StringComparison.Ordinal).Replace(
            "\"hbm_gb_per_s\": { \"value\": 2900", "\"hbm_gb_per_s\": { \"value\": 800", StringComparison.Ordinal));
        Assert.Equal(800, Chip.Load(file).HbmGbPerS.Value);

        // Rows of 1 KiB every 16 or 8 KiB lie in one channel of eight; those of a whole matrix in all of them.
        Measurement[] rows = [Product("a", 8192), Product("b", 4096), Row("c", 512, "us", 20, withRuntime: false)];
        var result = Validate([.. rows.Select(r => r with { Chip = file })]);
        var constant = result.Chips[0].Constants.Single(c => c.Path == "hbm_channels");
        Assert.Equal(["a", "b"], constant.RestsOn);

        // b was measured as with five channels, a as with eight: left out, each goes by the other.
        var byId = result.Rows.ToDictionary(r => r.Row.Id);
        Assert.Equal(Time(8192, 5), byId["a"].LeftOut!.Value, 1e-9);
        Assert.Equal(Time(4096, 8), byId["b"].LeftOut!.Value, 1e-9);

        Measurement Product(string id, int columns) => Row(id, 0, "us", Time(columns, id == "a" ? 8 : 5), false) with
        {
            Kernel = "matmul_tiled",
            Dims = new Dictionary<string, int> { ["M"] = 128, ["K"] = 512, ["N"] = columns },
        };

        double Time(int columns, int channels) => ValidatorTests.Time(
            "matmul_tiled", file, [("M", 128), ("K", 512), ("N", columns)], [new("hbm_channels", channels)]);
    }

    [Fact]
    public void Units_are_those_of_the_row()
    {
        double[] predicted = [.. Validate(
            Row("a", 512, "ns", 1, false), Row("b", 512, "us", 1, false), Row("c", 512, "ms", 1, false),
            Row("d", 512, "GB/s", 1, false) with { Metric = Metric.Bandwidth }).Rows.Select(r => r.Predicted)];
        var us = Kernel(512);
        Assert.Equal([us * 1e3, us, us / 1e3, 3 * 512 * 512 * 2 / (us * 1e3)], predicted, (x, y) =>
            Math.Abs(x / y - 1) < 1e-9);
    }

    [Fact]
    public void Mfu_is_useful_arithmetic_over_the_time()
    {
        var row = new Measurement("m", _file, "matmul_one_bank") { Metric = Metric.Mfu, Unit = "%", Values = [50] };
        var cycles = 512.0 * 512 * 512 / (128 * 128);
        var us = Emulator.Run("matmul_one_bank", new RunOptions { Chip = _file, Function = false }).Timeline!.TimeUs;
        Assert.Equal(100 * cycles / (us * 1e3 * _chip.Tensor.ClockGhz), Assert.Single(Validate(row).Rows).Predicted,
            1e-9);
    }

    [Fact]
    public void Ladders_compare_neighbours()
    {
        Measurement[] rows = [Row("a", 512, "us", 30), Row("b", 128, "us", 20), Row("c", 128, "us", 19)];
        var set = new MeasurementSet { Rows = rows, Ladders = [new Ladder("sizes", ["a", "b", "c"])] };
        Assert.Equal([("a", "b", true), ("b", "c", false)],
            Validator.Run(set).Steps.Select(s => (s.From.Row.Id, s.To.Row.Id, s.IsKept)));
    }

    [Fact]
    public void A_program_in_text_is_timed_from_its_file()
    {
        var program = Emulator.Compile("add", new RunOptions { Chip = "trn2" }).Program;
        _folder.Write("p.trn", Core.Text.ProgramText.Print(program));
        var path = _folder.Write("rows.json", """
            { "rows": { "p": { "chip": "trn2", "kernel": "p.trn", "metric": "latency", "unit": "us", "values": [30],
              "includes_runtime": false, "source": "a test" } } }
            """);
        var expected = Emulator.Run("add", new RunOptions { Chip = "trn2", Function = false }).Timeline!.TimeUs;
        Assert.Equal(expected, Assert.Single(Validator.Run(MeasurementFile.Load(path)).Rows).Predicted, 1e-9);
    }

    [Fact]
    public void What_does_not_fit_is_said_of_its_row()
    {
        var row = Row("big", 60000, "us", 1) with { Kernel = "softmax", Span = new SourceSpan("m.json", 7) };
        var finding = Assert.Single(Assert.Throws<TrnException>(() => Validate(row)).Diagnostics);
        Assert.Equal(("TRN1705", 7), (finding.Code.Id, finding.Where.Line));
        Assert.Contains(finding.Notes, n => n.Message.StartsWith("TRN4001", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stage_that_a_kernel_has_not_is_said()
    {
        var stages = new Dictionary<string, IReadOnlyList<double>> { ["activate"] = [1] };
        var row = Row("t", 128, "ns", 1) with { Metric = Metric.Timeline, Stages = stages };
        Assert.Equal("TRN1705", Assert.Single(Assert.Throws<TrnException>(() => Validate(row)).Diagnostics).Code.Id);
    }

    private static ValidationResult Validate(params Measurement[] rows) =>
        Validator.Run(new MeasurementSet { Rows = rows });

    /// <summary>Time of an addition of 512 rows without the runtime, in microseconds.</summary>
    private double Kernel(int columns) => Time("add", _file, [("N", columns)]);

    private static double Time(
        string kernel, string chip, (string Name, int Size)[] dims, KeyValuePair<string, double>[]? whatIf = null) =>
        Emulator.Run(kernel, new RunOptions
        {
            Chip = chip,
            Function = false,
            Dims = dims.ToDictionary(d => d.Name, d => d.Size),
            WhatIf = whatIf ?? [],
        }).Timeline!.TimeUs;

    private Measurement Row(string id, int columns, string unit, double measured, bool withRuntime = true) =>
        new(id, _file, "add")
        {
            Dims = new Dictionary<string, int> { ["N"] = columns },
            Unit = unit,
            Values = [measured],
            IncludesRuntime = withRuntime,
        };
}
