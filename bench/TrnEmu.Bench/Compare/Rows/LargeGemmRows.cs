namespace TrnEmu.Bench.Compare.Rows;

/// <summary>A square matmul in bf16 from its kernel to outputs and timeline, compilation included, one thread, warm.</summary>
internal static class LargeGemmRows
{
    public static IEnumerable<Row> Of()
    {
        yield return new Row("GEMM 2048^3 executed and timed", Bound.AtMost(1, "s"), "", e => Measure(e, 2048, isExecuted: true));
        yield return new Row("GEMM 4096^3 timed only", Bound.AtMost(0.2, "s"), "", e => Measure(e, 4096, isExecuted: false));
    }

    private static Measurement Measure(Effort effort, int size, bool isExecuted)
    {
        var options = new RunOptions
        {
            Dims = new Dictionary<string, int> { ["M"] = size, ["N"] = size, ["K"] = size },
            Threads = 1,
            Function = isExecuted,
            Reference = false,
        };
        RunResult? last = null;
        void Run() => last = Emulator.Run("matmul_blocked", options);
        var wall = Interleaved.Seconds(effort, Sampling.Wall(effort, Run));
        var cpu = Interleaved.Seconds(Effort.Quick, Sampling.Cpu(effort, Run)).Median;
        var executed = isExecuted ? $", executed in {Interleaved.Text(last!.Host.FunctionSeconds)}" : "";
        return Measurement.Of(wall, $"CPU {Interleaved.Text(cpu)}; compiled in {Interleaved.Text(last!.Host.CompileSeconds)}{executed}");
    }
}
