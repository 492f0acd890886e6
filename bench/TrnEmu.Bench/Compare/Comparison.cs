using System.Diagnostics;
using TrnEmu.Bench.Compare.Rows;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Bench.Compare;

/// <summary>
/// <c>compare [--quick] [--markdown] [NAME…]</c>: measures the rows whose names contain one of the names, all without
/// names, and prints them with what is asked of each.
/// </summary>
internal static class Comparison
{
    private const string Quick = "--quick", Markdown = "--markdown", InChild = "--child";

    /// <summary>
    /// 0 if every row is reached; 1 if one is missed or could not be measured. Quick: 1 only if a row is missed by half
    /// or fails, and what could not be measured is left out with a line.
    /// </summary>
    public static int Run(string[] arguments)
    {
        Emulator.KernelAssemblies.Add(typeof(Kernels.Softmax.Softmax).Assembly);
        if (arguments is [InChild, var child, .. var rest]) return Child.Run(child, rest);
        var isQuick = arguments.Contains(Quick);
        string[] names = [.. arguments.Where(a => a is not (Quick or Markdown))];
        Row[] rows = [.. AllRows.Of().Where(r => names.Length == 0 || IsNamed(r, names))];
        if (rows.Length == 0) return Table.NoSuchRow(names);
        var clock = Stopwatch.StartNew();
        Table.Header();
        Result[] results = [.. rows.Select(r => Measure(r, isQuick))];
        Table.Footer(results, clock.Elapsed.TotalSeconds);
        if (arguments.Contains(Markdown)) Table.Markdown(results);
        return Array.TrueForAll(results, r => IsGood(r.Verdict, isQuick)) ? 0 : 1;
    }

    private static bool IsNamed(Row row, string[] names) =>
        Array.Exists(names, n => row.Name.Contains(n, StringComparison.OrdinalIgnoreCase));

    private static bool IsGood(Verdict verdict, bool isQuick) =>
        verdict == Verdict.Reached || (isQuick && verdict is (Verdict.Missed or Verdict.NotMeasured));

    private static Result Measure(Row row, bool isQuick)
    {
        var clock = Stopwatch.StartNew();
        var measurement = Try(row, isQuick ? Effort.Quick : Effort.Full);
        // What fails is measured once more for longer: the machine may have been busy for a moment.
        if (isQuick && Verdicts.Of(row.Bound, measurement) == Verdict.FarOff) measurement = Try(row, Effort.Full);
        var verdict = Verdicts.Of(row.Bound, measurement);
        var result = new Result(row, measurement, verdict, clock.Elapsed.TotalSeconds);
        Table.Line(result);
        return result;
    }

    private static Measurement Try(Row row, Effort effort)
    {
        try
        {
            return row.Measure(effort);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or TrnException)
        {
            return new Failed(e.Message);
        }
    }
}
