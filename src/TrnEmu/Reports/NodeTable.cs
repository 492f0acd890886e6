using Spectre.Console;
using TrnEmu.Compiler.Importers.Onnx;

namespace TrnEmu.Reports;

/// <summary>The nodes of a model as a table: operation, node of the file, kernel, time, share, bytes.</summary>
internal static class NodeTable
{
    /// <summary>So many are shown at most, those that take longest.</summary>
    private const int Rows = 40;

    /// <summary>Writes the table; nothing for what is no model.</summary>
    public static void Write(ReportWriter console, RunResult result)
    {
        foreach (var step in result.HostSteps)
            console.Line($"on the host: {step.Op} to {step.Type.Name()} ({step.Source})");
        var uses = NodeUse.Of(result);
        if (uses.Count == 0) return;
        var elapsed = result.Timed!.Timeline.Elapsed;
        var least = uses.Select(u => u.Time).OrderDescending().ElementAt(Math.Min(Rows, uses.Count) - 1);
        var shown = uses.Where(u => u.Time >= least && u.Operations > 0).Take(Rows).ToArray();
        var table = new Table().Border(TableBorder.None).AddColumns("op", "node", "kernel");
        foreach (var column in (string[])["time", "share", "HBM bytes"]) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var use in shown)
        {
            table.AddRow(
                use.Node.Op, (use.Node.Source.Length > 0 ? use.Node.Source : use.Node.Outputs[0]).EscapeMarkup(), use.Kernel,
                ReportText.Time(use.Time), ReportText.Percent((double)use.Time / elapsed), ReportText.Bytes(use.Bytes));
        }

        console.Line("");
        console.Console.Write(table);
        var rest = uses.Count - shown.Length;
        if (rest == 0) return;
        var others = (double)(uses.Sum(u => u.Time) - shown.Sum(u => u.Time)) / elapsed;
        console.Line(FormattableString.Invariant($"{rest} nodes more take {ReportText.Percent(others)} (--json has all)"));
    }
}
