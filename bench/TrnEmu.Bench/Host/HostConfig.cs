using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace TrnEmu.Bench.Host;

/// <summary>
/// How the host benchmarks run: in this process, since a library such as OpenBLAS reads its environment once, and
/// without those that need a library which is not installed.
/// </summary>
internal static class HostConfig
{
    /// <summary>Medians, for a machine that others use too; the command line chooses the job.</summary>
    public static IConfig Measure() => DefaultConfig.Instance
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator())
        .AddColumn(StatisticColumn.Median)
        .AddFilter(Available());

    /// <summary>One call of each: shows that they run, measures nothing.</summary>
    public static IConfig Smoke() => DefaultConfig.Instance
        .AddJob(Job.Dry.WithToolchain(InProcessEmitToolchain.Instance))
        .AddFilter(Available());

    private static SimpleFilter Available()
    {
        Console.WriteLine(OpenBlas.Description);
        return new SimpleFilter(b => OpenBlas.IsPresent || !b.Descriptor.HasCategory(OpenBlas.Category));
    }
}
