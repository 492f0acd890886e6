using BenchmarkDotNet.Running;
using TrnEmu.Bench.Compare;
using TrnEmu.Bench.Exhaustive;
using TrnEmu.Bench.Host;

namespace TrnEmu.Bench;

/// <summary>
/// <c>smoke</c> runs every benchmark once, <c>exhaustive</c> checks all 2^32 fp32 patterns (of the dtypes named, and
/// of exp if it is; else of all), <c>timing</c> shows what the timing pass costs from a thousand instructions to ten
/// million, <c>compare</c> prints a table of what is asked of the emulator's speed and what is measured, <c>gpt2</c> reads and compiles a model of the size of GPT-2 small with random weights; anything else is BenchmarkDotNet's command line, such as <c>--job short --filter '*'</c>.
/// </summary>
internal static class EntryPoint
{
    /// <summary>Asks for nothing: what the start of a .NET process takes.</summary>
    public const string Nothing = "nothing";

    private static int Main(string[] args)
    {
        if (args is [Nothing]) return 0;
        if (args is ["exhaustive", .. var names]) return AllPatterns.Run(names);
        if (args is ["compare", .. var rows]) return Comparison.Run(rows);
        if (args is ["timing"]) return TimingLine.Run();
        if (args is ["gpt2"]) return Gpt2Small.Run();
        var smoke = args is ["smoke"];
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(EntryPoint).Assembly)
            .Run(smoke ? ["--filter", "*"] : args, smoke ? HostConfig.Smoke() : HostConfig.Measure())
            .ToList();
        var failed = summaries.Any(s => s.HasCriticalValidationErrors || s.Reports.Any(r => !r.Success));
        return failed || (smoke && summaries.Count == 0) ? 1 : 0;
    }
}
