using System.Text.Json;

namespace TrnEmu.Tests.Cli;

public sealed class WhatIfTests
{
    private static readonly string[] Small = ["softmax", "--dim", "M=130", "--dim", "N=40"];

    /// <summary>
    /// What makes time hang on more than work, latency and order: warm-up, throttle, bandwidth that is shared.
    /// </summary>
    private static readonly string[] Off =
    [
        "tensor.warm_up_ns=0", "tensor.sustained_rate=1", "hbm_gb_per_s=1e6", "dma.core_read_gb_per_s=1e6",
        "dma.core_write_gb_per_s=1e6",
    ];

    [Fact]
    public void A_run_names_the_numbers_it_used_and_goes_by_them()
    {
        var plain = Run(Small);
        var slow = Run([.. Small, "--what-if", "vector.clock_ghz=0.5", "--what-if", "dma.generation_ns=9000"]);
        Assert.False(plain.TryGetProperty("what_if", out _));
        Assert.Equal(0.5, slow.GetProperty("what_if").GetProperty("vector.clock_ghz").GetDouble());
        Assert.Equal(9000, slow.GetProperty("what_if").GetProperty("dma.generation_ns").GetDouble());
        Assert.True(Time(slow) > Time(plain) + 10);
        Assert.Equal(
            plain.GetProperty("outputs").GetRawText(), slow.GetProperty("outputs").GetRawText());
        Assert.Contains(
            "what if vector.clock_ghz = 0.5", Shell.Run(["run", .. Small, "--what-if", "vector.clock_ghz=0.5"]).Output);
    }

    [Theory]
    [InlineData("trn1"), InlineData("inf2"), InlineData("trn2"), InlineData("trn3")]
    public void Warm_up_throttle_and_shared_bandwidth_can_be_switched_off(string chip)
    {
        string[] matmul = ["matmul_blocked", "--only", "time", "--chip", chip];
        var on = Time(Run(matmul));
        var off = Time(Run([.. matmul, .. Off.SelectMany(o => new[] { "--what-if", o })]));
        Assert.True(off < on);
    }

    [Fact]
    public void The_built_in_model_takes_them_too()
    {
        string[] model = ["--only", "time", "--steps", "1"];
        Assert.True(Time(Run([.. model, "--what-if", "dma.generation_ns=0"])) < Time(Run(model)));
    }

    [Fact]
    public void Memory_sizes_bound_what_is_compiled()
    {
        Assert.Equal(0, Shell.Run(["compile", .. Small]).Code);
        foreach (var command in (string[])["compile", "run"])
        {
            var (code, _, error) = Shell.Run([command, .. Small, "--what-if", "sbuf_bytes_per_partition=64"]);
            Assert.Equal(2, code);
            Assert.Contains("error TRN4001: ", error);
            Assert.Contains("64", error);
        }
    }

    [Theory]
    [InlineData("TRN1001", "dma.generation_ns")]
    [InlineData("TRN1001", "dma.generation_ns=fast")]
    [InlineData("TRN1503", "dma.generation=0")]
    [InlineData("TRN1505", "dma.clock_ghz=-1")]
    [InlineData("TRN1505", "dma.clock_ghz=NaN")]
    public void What_is_wrong_is_said_with_exit_code_2(string code, string text)
    {
        foreach (var command in (string[])["compile", "run"])
        {
            var (exit, output, error) = Shell.Run([command, .. Small, "--what-if", text]);
            Assert.Equal((2, ""), (exit, output));
            Assert.Contains($"error {code}: ", error);
            Assert.Contains(text.Split('=')[0], error);
        }
    }

    private static JsonElement Run(string[] arguments)
    {
        var (code, output, error) = Shell.Run(["run", .. arguments, "--json", "-"]);
        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        return json.RootElement.Clone();
    }

    private static double Time(JsonElement run) => run.GetProperty("time_us").GetDouble();
}
