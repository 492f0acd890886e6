using Spectre.Console;
using TrnEmu.Accuracy;

namespace TrnEmu.Reports;

/// <summary>Formats of weights side by side.</summary>
public static class AccuracyTable
{
    /// <summary>Writes the rows; columns that no row has are left out.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<AccuracyRow> rows)
    {
        var table = new Table().Border(TableBorder.None).AddColumn("weights");
        var columns = new List<Func<AccuracyRow, string>>();
        Add("bytes", r => ReportText.Bytes(r.WeightBytes));
        if (rows[0].TimeUs is not null) Add(rows[0].Tokens is null ? "time" : "time of a step", r => ReportText.Time(r.TimeUs!.Value * 1e6));
        if (rows[0].Right is not null) Add("right", r => Of(r.Right, r.Rows));
        if (rows[0].SameChoice is not null) Add("same choice", r => Of(r.SameChoice, r.Rows));
        if (rows[0].MeanChange is not null) Add("mean change", r => FormattableString.Invariant($"{r.MeanChange:0.0000}"));
        if (rows[0].Tokens is not null) Add("tokens before the first other one", r => Of(r.SameTokens, r.Tokens));
        foreach (var row in rows) table.AddRow([row.Format, .. columns.Select(c => c(row))]);
        console.Write(table);

        void Add(string title, Func<AccuracyRow, string> value)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
            columns.Add(value);
        }
    }

    private static string Of(int? part, int? all) => FormattableString.Invariant($"{part} of {all}");
}
