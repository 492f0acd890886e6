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

    /// <summary>
    /// All of one operation: formula, what it does, engines, chips, source, parameters, cost, what is left open, an
    /// example.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="chips">The chips to list; the cost rule is that of trn2, or else of the first that has it.</param>
    public static string Page(OperationInfo operation, IReadOnlyList<Chip> chips)
    {
        var page = new StringBuilder();
        var (about, source) = Described(operation);
        page.Append(CultureInfo.InvariantCulture, $"{operation.Name}: {operation.Attribute.Summary}\n\n{Wrapped(about, "")}\n");
        var by = operation.Attribute.IsDma ? "triggered by" : "engines";
        var first = FormattableString.Invariant($"from generation {operation.Attribute.MinGeneration}");
        page.Append(Columns(
        [
            [by, EngineNames(operation)],
            ["chips", $"{string.Join(", ", ChipsOf(operation, chips))} ({first})"],
            ["source", source],
        ]));
        string[] heads = ["parameter", "use", "memory", "takes", "default"];
        page.Append('\n').Append(Columns(operation.Operands.Select(Row).Prepend(heads)));
        foreach (var operand in operation.Operands) page.Append(About(operation, operand));
        page.Append(Costs(operation, chips));
        var gaps = Gap.All.Where(g => g.Concerns(operation)).OrderByDescending(g => g.Subject == operation.Name).ToArray();
        if (gaps.Length > 0) page.Append("\nleft open by the documents\n");
        foreach (var gap in gaps) page.Append(Wrapped("open: " + gap.Open)).Append(Wrapped("here: " + gap.Answer));
        if (operation.Attribute.Example.Length > 0) page.Append("\nexample\n");
        foreach (var line in IsaExample.Lines(operation)) page.Append(CultureInfo.InvariantCulture, $"  {line}\n");
        return page.ToString();
    }

    /// <summary>What the documents leave open, by subject.</summary>
    public static string Gaps(IReadOnlyList<Gap> gaps) => string.Concat(gaps.GroupBy(g => g.Subject).Select(
        about => about.Key + "\n" + string.Concat(about.Select(g => Wrapped("open: " + g.Open) + Wrapped("here: " + g.Answer)))));

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

    /// <summary>The record's documentation, and the source that it ends with.</summary>
    internal static (string About, string Source) Described(OperationInfo operation)
    {
        const string Mark = "Source: ";
        var text = ApiDocs.Summary(operation.Type) ?? "";
        var at = text.LastIndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? (text, $"nki.isa.{operation.Name}") : (text[..at].Trim(), text[(at + Mark.Length)..].TrimEnd('.'));
    }

    private static string About(OperationInfo operation, OperandInfo operand)
    {
        var text = ApiDocs.Parameter(operation.Type, operand.Property) ?? "";
        if (Takes(operand).Length > LongList) text = $"{text} Takes {Takes(operand)}.".TrimStart();
        return text.Length == 0 ? "" : $"\n{operand.Name}\n{Wrapped(text)}";
    }

    private static string Costs(OperationInfo operation, IReadOnlyList<Chip> chips)
    {
        var having = chips.Where(c => c.Generation >= operation.Attribute.MinGeneration).ToArray();
        if ((having.FirstOrDefault(c => c.Name == "trn2") ?? having.FirstOrDefault()) is not { } chip) return "";
        var lines = IsaCost.Of(operation, chip);
        return lines.Count == 0 ? "" : $"\ncost on {chip.Name}\n{string.Concat(lines.Select(l => Wrapped(l)))}";
    }

    /// <summary>Words in lines of at most 100 columns.</summary>
    private static string Wrapped(string text, string indent = "  ")
    {
        var lines = new StringBuilder();
        var column = LineWidth;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column + 1 + word.Length > LineWidth)
            {
                lines.Append(lines.Length == 0 ? indent : "\n" + indent).Append(word);
                column = indent.Length + word.Length;
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
        OperandRole.Read => operand.IsList ? "list of reads" : operand.Type == typeof(ScalarOperand) ? "number or read" : "read",
        _ => "",
    };

    private static string DTypeNames(OperandInfo operand)
    {
        if (operand.DTypes.Count == DTypes.All.Count) return "any dtype";
        if (operand.DTypes.SequenceEqual(DTypes.Arithmetic)) return "any number";
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
