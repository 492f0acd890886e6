using System.Text.Json;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Kernels.Matmul;
using TrnEmu.Reports;
using TrnEmu.Sim.Attribution;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Kernels;

namespace TrnEmu.Tests.Reports;

public sealed class ExplanationTests
{
    private static readonly string[] Square =
        ["--dim", "M=2048", "--dim", "N=2048", "--dim", "K=2048", "--only", "time"];

    [Theory]
    [InlineData("matmul_naive", "Making the descriptors of transfers (97 % loads) is ", "fewer, larger loads cost less", "Tensor is busy ", "(--what-if dma.generation_ns=0), the run would take ")]
    [InlineData("matmul_hoisted", "Moving the data of transfers (95 % loads) is ", "pieces of 4 KiB would reach 97 %", "Tensor's own work is ")]
    [InlineData("matmul_one_bank", "Tensor waits only until Vector is done with a buffer", "a second one would hide that")]
    [InlineData("transpose_vector", "Vector's own work is ", "fewer, larger ones pay their start less often")]
    [InlineData("matmul_blocked", "Tensor's own work is ", "the run is bound by Tensor")]
    public void Each_kernel_is_told_what_would_mend_it(string kernel, params string[] sentences)
    {
        string[] size = kernel.StartsWith("matmul", StringComparison.Ordinal) ? Square : ["--only", "time"];
        var (code, output, _) = Shell.Run(["run", kernel, .. size, "--json", "-"]);
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        var hints = string.Join(
            '\n', json.RootElement.GetProperty("hints").EnumerateArray().Select(h => h.GetString()));
        foreach (var sentence in sentences) Assert.Contains(sentence, hints);
    }

    [Fact]
    public void A_gain_is_what_the_run_takes_with_that_number()
    {
        var run = TimedRun.Of(Program("matmul_naive", Chip.Load("trn2")), Chip.Load("trn2"));
        var free = Chip.Load("trn2", [new("dma.generation_ns", 0)]);
        Assert.Equal(TimedRun.Of(Program("matmul_naive", free), free).Timeline.Elapsed, run.Without(Costs.Generation));
    }

    [Theory]
    [InlineData("trn1"), InlineData("trn2"), InlineData("trn3"), InlineData("unit")]
    public void Without_any_cost_there_is_no_time_and_without_none_nothing_changes(string name)
    {
        var chip = Chip.Load(name);
        foreach (var kernel in KernelRegistry.All(typeof(MatmulNaive).Assembly).Where(k => k.RunsOn(chip)))
        {
            var run = TimedRun.Of(Program(kernel.Name, chip), chip);
            Assert.Equal((run.Timeline.Elapsed, 0), (run.Without(Costs.None), run.Without(Costs.All)));
        }
    }

    [Theory]
    [InlineData("trn1"), InlineData("inf2"), InlineData("trn2"), InlineData("trn3"), InlineData("unit")]
    public void No_run_breaks_through_its_roof(string name)
    {
        var chip = Chip.Load(name);
        foreach (var kernel in KernelRegistry.All(typeof(MatmulNaive).Assembly).Where(k => k.RunsOn(chip)))
        {
            var run = TimedRun.Of(Program(kernel.Name, chip), chip);
            Assert.InRange(run.Roofline(0).Bound.Time / run.Timeline.Elapsed, 0, 1 + 1e-6);
        }
    }

    [Fact]
    public void The_roofline_of_a_product_counts_its_work_once()
    {
        var chip = Chip.Load("trn2");
        var kernel = KernelRegistry.All(typeof(MatmulNaive).Assembly).Find("matmul_blocked");
        var sizes = kernel.Sizes(kernel.Case("bf16"), [("M", 512), ("N", 512), ("K", 512)]);
        var program = Pipeline.Compile(kernel.Trace(chip, sizes, kernel.Case("bf16").DType), chip);
        var roofline = TimedRun.Of(program, chip).Roofline(0);

        // 2 x 512^3 for the product, one copy of each result out of PSUM; two operands read, one result written.
        Assert.Equal(2.0 * 512 * 512 * 512 + 512 * 512, roofline.Flops);
        Assert.Equal(3 * 2 * 512 * 512, roofline.HbmBytes);
        Assert.Equal(512.0 * 512 * 512 / (128 * 128) / 2.4 * 1e3, roofline.Bounds.Single(b => b.Unit == "tensor").Time,
            1.0);
    }

    [Theory]
    [InlineData("matmul_naive"), InlineData("two_core_sum")]
    public void Busy_waiting_and_having_nothing_left_to_do_add_up_to_the_time(string kernel)
    {
        var (_, output, _) = Shell.Run("run", kernel, "--only", "time", "--json", "-");
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        JsonElement[] cores = root.TryGetProperty("per_core", out var list) ? [.. list.EnumerateArray()] : [root];
        foreach (var core in cores)
        {
            foreach (var engine in core.GetProperty("engines").EnumerateObject())
            {
                var stalls = core.GetProperty("stalls_us").GetProperty(engine.Name).EnumerateObject().Sum(s => s.Value.GetDouble());
                var own = engine.Value.GetProperty("busy_us").GetDouble() + engine.Value.GetProperty("idle_tail_us").GetDouble();
                Assert.Equal(root.GetProperty("time_us").GetDouble(), own + stalls, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData("unit", "time 41 ns   (", "All of it is assumed")]
    [InlineData("trn3", "us   (", "Little of it was measured on trn3")]
    public void A_report_says_how_far_to_trust_its_time(string chip, params string[] parts)
    {
        var (_, output, _) = Shell.Run("run", "softmax", "--only", "time", "--chip", chip);
        foreach (var part in parts) Assert.Contains(part, output);
    }

    [Fact]
    public void A_report_says_when_an_engine_is_done_and_whose_figures_it_gives()
    {
        var (_, output, _) = Shell.Run("run", "two_core_sum", "--only", "time");
        foreach (var part in (string[])["core 0: 9 operations", "nothing left to do", "Of core 0 alone:"]) Assert.Contains(part, output);
    }

    [Theory]
    [InlineData(999, "1 ns"), InlineData(1.5e6, "1.50 us"), InlineData(2.5e9, "2.500 ms"), InlineData(2.5e12, "2.500 s")]
    public void Times_have_the_unit_that_suits_them(double picoseconds, string text) => Assert.Equal(text, ReportText.Time(picoseconds));

    [Fact]
    public void What_is_too_large_says_so()
    {
        var chip = Chip.Load("trn2");
        var run = TimedRun.Of(Program("softmax", chip), chip, limit: 100);
        Assert.Null(run.Attribution);
        Assert.Equal(
            $"No critical path: the run has {run.Nodes} instructions, transfers and shares of transfers, and is followed "
                + $"up to 100.",
            AttributionReport.TooLarge(run));
    }

    [Fact]
    public void Segments_of_the_json_are_the_path()
    {
        var (_, output, _) = Shell.Run("run", "softmax", "--json", "-");
        using var json = JsonDocument.Parse(output);
        var path = json.RootElement.GetProperty("critical_path");
        var time = json.RootElement.GetProperty("time_us").GetDouble();
        Assert.Equal(0, path.GetProperty("segments_left_out").GetInt32());
        Assert.Equal(
            json.RootElement.GetProperty("engine_instructions").GetInt32(),
            path.GetProperty("slack").EnumerateArray().Sum(s => s.GetProperty("engine_instructions").GetInt32()));
        Assert.Equal(time, path.GetProperty("by_kind").EnumerateObject().Sum(k => k.Value.GetDouble()), 1e-6);
        Assert.Equal(time, path.GetProperty("parts").EnumerateArray()
            .Sum(k => k.GetProperty("time_us").GetDouble()), 1e-6);
        Assert.Equal(1, path.GetProperty("parts").EnumerateArray().Sum(k => k.GetProperty("share").GetDouble()), 1e-9);
        var at = 0.0;
        foreach (var segment in path.GetProperty("segments").EnumerateArray())
        {
            Assert.Equal(at, segment.GetProperty("from_us").GetDouble());
            at = segment.GetProperty("to_us").GetDouble();
        }

        Assert.Equal(time, at);
    }

    private static Core.Isa.Program Program(string name, Chip chip)
    {
        var kernel = KernelRegistry.All(typeof(MatmulNaive).Assembly).Find(name);
        var @case = kernel.Case();
        return KernelRun.Straight(Pipeline.Compile(kernel.Trace(chip, kernel.Sizes(@case), @case.DType), chip), chip);
    }
}
