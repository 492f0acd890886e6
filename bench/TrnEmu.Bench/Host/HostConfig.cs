using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using TrnEmu.Bench.Compare;

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
        foreach (var description in Known.Descriptions) Console.WriteLine(description);
        return new SimpleFilter(b => Array.TrueForAll(b.Descriptor.Categories, Known.IsPresent)
            && (ArrayPaths.IsAvailable || !b.Parameters.Items.Any(p => p.Value is ArrayPath.Accelerated)));
    }
}
