using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Bench.Compare;

/// <summary>What the figures are of, and how busy it is.</summary>
internal static class Machine
{
    private const string Processors = "/proc/cpuinfo", Loads = "/proc/loadavg";

    public static string Description =>
        $"{Model()}, {Environment.ProcessorCount} processors, {Vectors()}; {RuntimeInformation.FrameworkDescription}; load {Load}";

    /// <summary>Processes that wanted to run, on average, over the last minute; with several processors idle ones help.</summary>
    public static string Load => File.Exists(Loads) ? File.ReadAllText(Loads).Split(' ')[0] : "unknown";

    /// <summary>Two threads find two processors.</summary>
    public static bool IsIdle =>
        double.TryParse(Load, CultureInfo.InvariantCulture, out var load) && load < Environment.ProcessorCount - 1.5;

    private static string Model() => File.Exists(Processors)
        ? File.ReadLines(Processors).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1].Trim() ?? "unknown"
        : RuntimeInformation.OSArchitecture.ToString();

    private static string Vectors() => Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "no AVX2";
}
