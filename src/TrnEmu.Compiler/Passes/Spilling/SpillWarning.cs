using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Passes.Spilling;

/// <summary>Says which tensors are spilled: a warning for each line that makes some.</summary>
internal static class SpillWarning
{
    private const int Listed = 4;

    /// <summary>
    /// TRN4004 in the order in which the tensors were made; at the line that needs the room where it is not known which
    /// line made them.
    /// </summary>
    public static IEnumerable<Diagnostic> Of(IReadOnlyList<Spill> spills, Chip chip) =>
        spills.GroupBy(s => s.Tensor.Span == SourceSpan.None ? s.NeededBy[0] : s.Tensor.Span)
            .Select(g => Describe(g.Key, [.. g], chip));

    /// <summary>All of them together.</summary>
    public static SpillCounts Counts(IReadOnlyList<Spill> spills) =>
        new(spills.Count, spills.Sum(s => s.Stores), spills.Sum(s => s.Loads), spills.Sum(Bytes));

    private static Diagnostic Describe(SourceSpan where, Spill[] spills, Chip chip)
    {
        var first = spills[0].Tensor;
        var others = spills.Length > 1
            ? FormattableString.Invariant($" and {spills.Length - 1} more tensors go") : " goes";
        SourceSpan[] lines = [.. spills.SelectMany(s => s.NeededBy).Distinct()];
        var notes = lines.Take(Listed).Select(l => new DiagnosticNote(l, "needs the room"));
        var rest = FormattableString.Invariant($"and {lines.Length - Listed} more lines");
        if (lines.Length > Listed) notes = notes.Append(new(SourceSpan.None, rest));
        return Diagnostic.Warning(
            PassCodes.Spill,
            FormattableString.Invariant(
                $"{first.Name} {first.TypeText}{others} to HBM and back: {spills.Sum(Bytes)} bytes in ")
            + FormattableString.Invariant($"{spills.Sum(s => s.Stores)} stores and {spills.Sum(s => s.Loads)} loads, ")
            + FormattableString.Invariant(
            $"since SBUF of {chip.Name} has {chip.SbufBytesPerPartition.ToInt32()} bytes in each partition"),
            where, [.. notes]);
    }

    private static long Bytes(Spill spill) => spill.Tensor.Bytes * (spill.Stores + spill.Loads);
}
