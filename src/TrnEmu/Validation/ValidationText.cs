using System.Globalization;
using Spectre.Console;

namespace TrnEmu.Validation;

/// <summary>Predictions against measurements, for people. What misses its limit is red and says so.</summary>
public static class ValidationText
{
    /// <summary>Errors from which percents are no longer written out.</summary>
    private const double Huge = 1000;

    /// <summary>Writes the tables to a console.</summary>
    public static void Write(IAnsiConsole console, ValidationResult result)
    {
        foreach (var chip in result.Chips) WriteChip(console, chip);
        WriteSteps(console, result);
        var misses = result.Rows.Count(r => !r.Passed) + result.Steps.Count(s => !s.IsKept)
            + result.Chips.Sum(c => c.Instructions.Count(f => !f.Passed) + c.Packets.Count(f => !f.Passed));
        if (result.Passed) console.MarkupLine("[green]every limit holds[/]");
        else console.MarkupLineInterpolated($"[red]{Missed(misses)}{Over(result)}[/]");
    }

    private static string Missed(int count) => count switch
    {
        0 => "no single figure misses its limit",
        1 => "1 figure misses its limit",
        _ => Invariant($"{count} figures miss their limits"),
    };

    private static string Over(ValidationResult result)
    {
        string[] chips = [.. result.Chips.Where(c => c.Summary.MeanAbsolute > Bounds.Mean).Select(c => c.Name)];
        if (chips.Length == 0) return "";
        return $"; the mean error is over {Percent(Bounds.Mean)} on {string.Join(", ", chips)}";
    }

    private static void WriteChip(IAnsiConsole console, ChipResult chip)
    {
        console.WriteLine($"{chip.Name}: {chip.Chip.Title}");
        if (chip.Rows.Count > 0) WriteRows(console, chip);
        WriteFigures(console, "stages of timelines", chip.Stages, "");
        WriteFigures(console, "instructions", chip.Instructions, $"limit {Percent(Bounds.Instruction)} each");
        WriteFigures(console, "packets of a DMA engine", chip.Packets,
            $"limit {Percent(Bounds.LargePacket)} each from {Bounds.LargePacketBytes} B, below that "
            + $"{Number(Bounds.SmallPacketNs, "ns")} each");
        if (chip.Rows.Count > 0) WriteConstants(console, chip);
        console.WriteLine();
    }

    private static void WriteRows(IAnsiConsole console, ChipResult chip)
    {
        console.WriteLine($"\n  {"row",-26} {"measured",13} {"predicted",13} {"error",9} {"left out",9}  dominated by");
        foreach (var row in chip.Rows)
        {
            var unit = row.Row.Unit;
            var leftOut = row.LeftOutError is { } e ? Signed(e) : "-";
            var values = $"{Number(row.Row.Measured, unit),13} {Number(row.Predicted, unit),13} {Signed(row.Error),9}";
            Mark(console, $"  {row.Row.Id,-26} {values} {leftOut,9}  {row.Dominates}", row.Passed);
        }

        var s = chip.Summary;
        Mark(console,
            $"  mean absolute error {Percent(s.MeanAbsolute)} (limit {Percent(Bounds.Mean)}), median "
            + $"{Percent(s.MedianAbsolute)}, within a factor of two {Percent(s.WithinTwo)}, "
            + $"mean with each row left out of the fit {Percent(s.MeanAbsoluteLeftOut)}",
            s.MeanAbsolute <= Bounds.Mean);
    }

    private static void WriteFigures(IAnsiConsole console, string title, IReadOnlyList<Figure> figures, string limit)
    {
        if (figures.Count == 0) return;
        var mean = Percent(Statistics.Mean(figures.Select(f => Math.Abs(f.Error))));
        console.WriteLine($"\n  {title}: mean absolute error {mean}{(limit.Length > 0 ? $", {limit}" : "")}");
        foreach (var f in figures)
        {
            var values = $"{Number(f.Measured, f.Unit),13} {Number(f.Predicted, f.Unit),13}";
            Mark(console, $"  {f.Name,-50} {values} {Signed(f.Error),9}", f.Passed);
        }
    }

    private static void WriteConstants(IAnsiConsole console, ChipResult chip)
    {
        console.WriteLine(chip.Constants.Count == 0
            ? "\n  no number of this chip is fitted" : "\n  fitted numbers, and the rows that each moves");
        foreach (var (path, quantity, rows) in chip.Constants)
        {
            var value = Invariant($"{quantity.Value:0.####} {quantity.Unit}");
            console.WriteLine($"  {path,-40} {value,-16} {(rows.Count == 0 ? "none" : string.Join(", ", rows))}");
        }
    }

    private static void WriteSteps(IAnsiConsole console, ValidationResult result)
    {
        if (result.Steps.Count == 0) return;
        console.WriteLine("ladders: how one row stands to the next");
        foreach (var step in result.Steps)
        {
            var measured = step.To.Row.Measured / step.From.Row.Measured;
            var predicted = step.To.Predicted / step.From.Predicted;
            var pair = $"{step.From.Row.Id} -> {step.To.Row.Id}";
            var ratios = Invariant($"measured x {measured,-8:0.000} predicted x {predicted,-8:0.000}");
            Mark(console, $"  {step.Ladder,-34} {pair,-52} {ratios}{(step.IsKept ? "kept" : "not kept")}", step.IsKept);
        }

        console.WriteLine();
    }

    /// <summary>A line; red, and with a word for those who see no colours, when its limit is missed.</summary>
    private static void Mark(IAnsiConsole console, string line, bool passed)
    {
        if (passed) console.WriteLine(line);
        else console.MarkupLine($"[red]{line.EscapeMarkup()}  miss[/]");
    }

    private static string Number(double value, string unit)
    {
        var digits = Math.Abs(value) switch
        {
            >= 1e7 or < 1e-3 => "0.00e+0",
            >= 1000 => "0",
            >= 100 => "0.0",
            >= 10 => "0.00",
            _ => "0.000",
        };
        return $"{value.ToString(digits, CultureInfo.InvariantCulture)} {unit}";
    }

    private static string Signed(double share) => share >= Huge
        ? Invariant($"+{share * 100:0.0e+0} %") : Invariant($"{Math.Round(share * 100, 1):+0.0;-0.0;0.0} %");

    private static string Percent(double share) =>
        share >= Huge ? Invariant($"{share * 100:0.0e+0} %") : Invariant($"{share * 100:0.0} %");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
