using System.Diagnostics;
using TrnEmu.Bench.Compare.Rows;

namespace TrnEmu.Bench.Compare;

/// <summary>
/// <c>compare [--quick] [NAME…]</c>: measures the rows whose names contain one of the names, all without names, and
/// prints them with what is asked of each.
/// </summary>
internal static class Comparison
{
    /// <summary>
    /// 0 if every row is reached; 1 if one is missed or could not be measured. Quick: 1 only if a row is missed by half,
    /// and what could not be measured is left out with a line.
    /// </summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        Emulator.KernelAssemblies.Add(typeof(Kernels.Softmax.Softmax).Assembly);
        if (arguments is ["--child", var child, .. var rest]) return Child.Run(child, rest.ToArray());
        var isQuick = arguments.Contains("--quick");
        string[] names = [.. arguments.ToArray().Where(a => a != "--quick")];
        var effort = isQuick ? Effort.Quick : Effort.Full;
        Row[] rows = [.. AllRows.Of().Where(r => names.Length == 0 || names.Any(n => r.Name.Contains(n, StringComparison.OrdinalIgnoreCase)))];
        if (rows.Length == 0) return Table.NoSuchRow(names);
        var clock = Stopwatch.StartNew();
        Table.Header();
        var verdicts = rows.Select(r => Measure(r, effort)).ToArray();
        Table.Footer(verdicts, clock.Elapsed.TotalSeconds);
        return verdicts.Any(v => isQuick ? v == Verdict.FarOff : v != Verdict.Reached) ? 1 : 0;
    }

    private static Verdict Measure(Row row, Effort effort)
    {
        var clock = Stopwatch.StartNew();
        var measurement = row.Measure(effort);
        // What fails is measured once more for longer: the machine may have been busy for a moment.
        if (effort.IsQuick && Verdicts.Of(row.Bound, measurement) == Verdict.FarOff) measurement = row.Measure(Effort.Full);
        var verdict = Verdicts.Of(row.Bound, measurement);
        Table.Line(row, measurement, verdict, clock.Elapsed.TotalSeconds);
        return verdict;
    }
}
