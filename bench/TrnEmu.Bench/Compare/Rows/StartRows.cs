using System.Diagnostics;
using System.Reflection;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>How long `trnemu` takes as a process, wall time from its start to its end.</summary>
internal static class StartRows
{
    public static IEnumerable<Row> Of()
    {
        yield return new Row("start: trnemu --version", Bound.AtMost(0.08, "s"), "", e => Measure(e, ["--version"]));
        yield return new Row("start: trnemu run add", Bound.AtMost(0.5, "s"), "", e => Measure(e, ["run", "add"]));
    }

    private static Measurement Measure(Effort effort, string[] arguments)
    {
        if (Find() is not { } trnemu) return Measurement.Missing("trnemu is not built: dotnet build -c Release");
        var runs = effort with { RowSeconds = effort.IsQuick ? 0 : 4, MostRounds = 41 };
        var wall = Interleaved.Seconds(runs, Sampling.Wall(effort, () => Start(trnemu, arguments)));
        var floor = Interleaved.Seconds(runs with { RowSeconds = 1 }, Sampling.Wall(effort, () => Start(Environment.ProcessPath!, Nothing())));
        return Measurement.Of(wall, $"a .NET process that does nothing takes {Interleaved.Text(floor.Median)}");
    }

    /// <summary>This program, asked to do nothing.</summary>
    private static string[] Nothing() => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
        ? [typeof(StartRows).Assembly.Location, EntryPoint.Nothing]
        : [EntryPoint.Nothing];

    private static string? Find()
    {
        var path = typeof(StartRows).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "trnemu").Value!;
        var file = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, path + (OperatingSystem.IsWindows() ? ".exe" : "")));
        return File.Exists(file) ? file : null;
    }

    private static void Start(string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{file} {string.Join(' ', arguments)}: exit code {process.ExitCode}");
    }
}
