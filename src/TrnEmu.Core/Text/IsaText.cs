using System.Globalization;
using System.Text;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text.Codecs;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text;

/// <summary>The instruction set for people, from the headers of the operations: <c>trnemu isa</c>.</summary>
public static class IsaText
{
    private const int LongList = 64;
    private const int LineWidth = 100;

    /// <summary>One line for each operation: name, engines, formula.</summary>
    public static string List(IReadOnlyList<OperationInfo> operations) => Columns(
        operations.Select(o => new[] { o.Name, EngineNames(o), o.Attribute.Summary }));

    /// <summary>Formula, engines, chips, parameters and an example of one operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="chips">The chips to list.</param>
    public static string Page(OperationInfo operation, IReadOnlyList<Chip> chips)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"{operation.Name}: {operation.Attribute.Summary}\n\n");
        var by = operation.Attribute.IsDma ? "triggered by" : "engines";
        var first = FormattableString.Invariant($"from generation {operation.Attribute.MinGeneration}");
        page.Append(Columns(
        [
            [by, EngineNames(operation)],
            ["chips", $"{string.Join(", ", ChipsOf(operation, chips))} ({first})"],
        ]));
        string[] heads = ["parameter", "use", "memory", "takes", "default"];
        page.Append('\n').Append(Columns(operation.Operands.Select(Row).Prepend(heads)));
        foreach (var operand in operation.Operands.Where(o => Takes(o).Length > LongList))
            page.Append(CultureInfo.InvariantCulture, $"\n{operand.Name}\n{Wrapped(Takes(operand))}");
        if (IsaExample.Of(operation) is { } example) page.Append("\nexample\n").Append(example);
        return page.ToString();
    }

    /// <summary>What the documents leave open: one paragraph each.</summary>
    public static string Gaps(IReadOnlyList<Gap> gaps) => string.Concat(
        gaps.Select(g => $"{g.Subject}\n{Wrapped("open: " + g.Open)}{Wrapped("here: " + g.Answer)}"));

    /// <summary>Names of the chips that have the operation.</summary>
    internal static IEnumerable<string> ChipsOf(OperationInfo operation, IReadOnlyList<Chip> chips) =>
        chips.Where(c => c.Generation >= operation.Attribute.MinGeneration).Select(c => c.Name);

    /// <summary>Memories of an operand by name.</summary>
    internal static IEnumerable<string> SpacesOf(OperandInfo operand) =>
        Enum.GetValues<MemorySpace>().Where(s => operand.Spaces.Has(s)).Select(s => s.Name());

    private static string[] Row(OperandInfo operand)
    {
        var takes = Takes(operand).Length > LongList ? "listed below" : Takes(operand);
        return [operand.Name, Use(operand), string.Join(", ", SpacesOf(operand)), takes, Default(operand)];
    }

    private static string Takes(OperandInfo operand) =>
        operand.Role == OperandRole.Parameter ? ValueCodecs.Of(operand.Type).Kind : DTypeNames(operand);

    /// <summary>Words in indented lines of at most 100 columns.</summary>
    private static string Wrapped(string text)
    {
        var lines = new StringBuilder();
        var column = LineWidth;
        foreach (var word in text.Split(' '))
        {
            if (column + 1 + word.Length > LineWidth)
            {
                lines.Append(lines.Length == 0 ? "  " : "\n  ").Append(word);
                column = 2 + word.Length;
                continue;
            }

            lines.Append(' ').Append(word);
            column += 1 + word.Length;
        }

        return lines.Append('\n').ToString();
    }

    private static string Use(OperandInfo operand) => operand.Role switch
    {
        OperandRole.Write => "written",
        OperandRole.Read => operand.Type == typeof(ScalarOperand) ? "number or read" : "read",
        _ => "",
    };

    private static string DTypeNames(OperandInfo operand)
    {
        if (operand.DTypes.Count == DTypes.All.Count) return "any dtype";
        return string.Join(", ", operand.DTypes.Select(d => d.Name()));
    }

    private static string Default(OperandInfo operand)
    {
        if (!operand.IsOptional) return "required";
        if (operand.Default is null) return Keywords.Null;
        var line = new LineWriter(Program.Empty);
        ValueCodecs.Of(operand.Type).Write(operand.Default, line);
        return line.ToString();
    }

    private static string EngineNames(OperationInfo operation) =>
        string.Join(", ", operation.Attribute.Engines.Members().Select(e => e.Name()));

    /// <summary>Rows as left-aligned columns, two blanks apart; one "\n" after each.</summary>
    private static string Columns(IEnumerable<string[]> rows)
    {
        var all = rows.ToArray();
        if (all.Length == 0) return "";
        var widths = Enumerable.Range(0, all[0].Length).Select(i => all.Max(r => r[i].Length)).ToArray();
        var lines = all.Select(r => string.Join("  ", r.Select((text, i) => text.PadRight(widths[i]))).TrimEnd());
        return string.Concat(lines.Select(l => l + "\n"));
    }
}
