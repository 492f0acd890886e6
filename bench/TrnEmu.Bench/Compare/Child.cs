using System.Diagnostics;
using System.Globalization;
using TrnEmu.Bench.Compare.Rows;

namespace TrnEmu.Bench.Compare;

/// <summary>
/// What a row measures in a process of its own, because of its environment or its memory: <c>compare --child NAME …</c>
/// runs it there and prints the figures on one line.
/// </summary>
internal static class Child
{
    private const string Missing = "missing";

    /// <summary>The child's side.</summary>
    public static int Run(string name, string[] arguments)
    {
        var effort = arguments is ["quick", ..] ? Effort.Quick : Effort.Full;
        string[] rest = [.. arguments.Skip(1)];
        var measurement = name switch
        {
            Avx2Row.Name => Avx2Row.Here(effort),
            MemoryRows.Name => MemoryRows.Here(rest),
            GrowthRows.Name => GrowthRows.Here(effort, rest),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        Console.WriteLine(measurement switch
        {
            Measured m => string.Create(CultureInfo.InvariantCulture, $"{m.Spread.Low:R} {m.Spread.Median:R} {m.Spread.High:R} {m.Detail}"),
            NotMeasured n => $"{Missing} {n.Why}",
            _ => throw new InvalidOperationException(),
        });
        return 0;
    }

    /// <summary>The parent's side.</summary>
    /// <exception cref="InvalidOperationException">The child fails.</exception>
    public static Measurement Measure(
        Effort effort, string name, IReadOnlyList<string>? arguments = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet") start.ArgumentList.Add(typeof(Child).Assembly.Location);
        foreach (var argument in (string[])["compare", "--child", name, effort.IsQuick ? "quick" : "full", .. arguments ?? []])
            start.ArgumentList.Add(argument);
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>()) start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"the process for {name} failed with exit code {process.ExitCode}");
        if (line.StartsWith(Missing, StringComparison.Ordinal)) return Measurement.Missing(line[(Missing.Length + 1)..]);
        var parts = line.Split(' ', 4);
        var numbers = Array.ConvertAll(parts[..3], p => double.Parse(p, CultureInfo.InvariantCulture));
        return Measurement.Of(Spread.OfQuartiles(numbers), parts.Length > 3 ? parts[3] : "");
    }
}
