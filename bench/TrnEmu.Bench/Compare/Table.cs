using System.Globalization;

namespace TrnEmu.Bench.Compare;

/// <summary>The table on the terminal, a line as soon as it is known.</summary>
internal static class Table
{
    private const int NameWidth = 55, BoundWidth = 18, ValueWidth = 22, VerdictWidth = 15;

    public static void Header()
    {
        Console.WriteLine(Machine.Description);
        Console.WriteLine(
            "Medians of interleaved runs (quartiles in brackets). CPU time of one thread, which other processes disturb least; "
            + "wall time with two threads and where seconds are asked.");
        foreach (var baseline in Known.Descriptions) Console.WriteLine("  " + baseline);
        Console.WriteLine();
        Print("what", "asked", "measured", "verdict", "against, times (ours : baseline)");
    }

    public static void Line(Result result)
    {
        var (row, measurement, verdict, seconds) = result;
        var (value, detail) = measurement switch
        {
            Measured m => (m.Spread.ToString(), row.Baseline.Length > 0 ? $"{row.Baseline}, {m.Detail}" : m.Detail),
            NotMeasured n => ("-", n.Why),
            Failed f => ("-", f.Message),
            _ => throw new InvalidOperationException(),
        };
        var took = string.Create(CultureInfo.InvariantCulture, $"[{seconds:0.0} s]");
        Print(row.Name, row.Bound.ToString(), value, Verdicts.Text(verdict), $"{detail} {took}");
    }

    public static void Footer(IReadOnlyCollection<Result> results, double seconds)
    {
        var counts = Enum.GetValues<Verdict>()
            .Select(v => (Verdict: v, Count: results.Count(r => r.Verdict == v)))
            .Where(c => c.Count > 0)
            .Select(c => $"{c.Count} {Verdicts.Text(c.Verdict)}");
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{string.Join(", ", counts)}; {seconds:0} s, load {Machine.Load}"));
    }

    /// <summary>The same for a page: what is measured, what is asked, the median.</summary>
    public static void Markdown(IEnumerable<Result> results)
    {
        Console.WriteLine();
        Console.WriteLine("| what | against | asked | measured |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (row, measurement, verdict, _) in results)
        {
            var value = measurement is Measured m ? Bound.Number(m.Spread.Median) : "";
            var text = verdict == Verdict.Reached ? value : $"{value} {Verdicts.Text(verdict)}".Trim();
            Console.WriteLine($"| {row.Name} | {row.Baseline} | {row.Bound} | {text} |");
        }
    }

    public static int NoSuchRow(IEnumerable<string> names)
    {
        Console.Error.WriteLine($"no row's name contains {string.Join(" or ", names)}; the rows:");
        foreach (var row in Rows.AllRows.Of()) Console.Error.WriteLine("  " + row.Name);
        return 2;
    }

    private static void Print(string name, string bound, string value, string verdict, string detail) =>
        Console.WriteLine(
            $"{name.PadRight(NameWidth)} {bound.PadRight(BoundWidth)} {value.PadRight(ValueWidth)} "
            + $"{verdict.PadRight(VerdictWidth)} {detail}");
}
