using System.Globalization;
using TrnEmu.Bench.Host;

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

    public static void Line(Row row, Measurement measurement, Verdict verdict, double seconds)
    {
        var (value, detail) = measurement switch
        {
            Measured m => (m.Spread.ToString(), row.Baseline.Length > 0 ? $"{row.Baseline}, {m.Detail}" : m.Detail),
            NotMeasured n => ("-", n.Why),
            _ => throw new InvalidOperationException(),
        };
        Print(row.Name, row.Bound.ToString(), value, Verdicts.Text(verdict), string.Create(CultureInfo.InvariantCulture, $"{detail} [{seconds:0.0} s]"));
    }

    public static void Footer(IReadOnlyCollection<Verdict> verdicts, double seconds)
    {
        int Count(Verdict v) => verdicts.Count(x => x == v);
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(Verdict.Reached)} reached, {Count(Verdict.Missed) + Count(Verdict.FarOff)} missed, {Count(Verdict.NotMeasured)} not measured; {seconds:0} s, load {Machine.Load}"));
    }

    public static int NoSuchRow(IEnumerable<string> names)
    {
        Console.Error.WriteLine($"no row's name contains {string.Join(" or ", names)}; the rows:");
        foreach (var row in Rows.AllRows.Of()) Console.Error.WriteLine("  " + row.Name);
        return 2;
    }

    private static void Print(string name, string bound, string value, string verdict, string detail) => Console.WriteLine(
        $"{name.PadRight(NameWidth)} {bound.PadRight(BoundWidth)} {value.PadRight(ValueWidth)} {verdict.PadRight(VerdictWidth)} {detail}");
}
