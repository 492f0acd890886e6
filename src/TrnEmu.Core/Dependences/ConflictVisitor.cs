using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Dependences;

/// <summary>Finds what one effect of a step conflicts with, and makes the step part of the histories.</summary>
/// <param name="step">The step.</param>
/// <param name="effect">Index of the effect.</param>
/// <param name="kind">What it does.</param>
/// <param name="open">Conflicts are added here.</param>
/// <param name="isShared">Whether several cores reach the memory.</param>
internal readonly struct ConflictVisitor(Step step, int effect, AccessKind kind, List<Conflict> open, bool isShared)
    : IAccessVisitor<History?>
{
    private readonly History? _written = kind == AccessKind.Read ? null : History.WrittenBy(step);

    /// <inheritdoc/>
    public History? Visit(in AccessRange part, History? history)
    {
        if (history is not null) Check(part, history);
        return _written is null ? History.ReadBy(step, history) : History.WrittenBy(step, history, _written, isShared);
    }

    private void Check(in AccessRange part, History history)
    {
        if (history.Writer is { } writer && !IsOrdered(writer))
            Add(new Conflict(writer, effect, part, EarlierWrote: true));
        foreach (var other in history.OtherWriters)
        {
            if (!IsOrdered(other)) Add(new Conflict(other, effect, part, EarlierWrote: true));
        }

        if (kind == AccessKind.Read) return;
        foreach (var reader in history.Readers)
        {
            if (!IsOrdered(reader)) Add(new Conflict(reader, effect, part, EarlierWrote: false));
        }

        foreach (var reader in history.PastReaders)
        {
            if (reader.Core != step.Core && !IsOrdered(reader))
                Add(new Conflict(reader, effect, part, EarlierWrote: false));
        }
    }

    /// <summary>
    /// Within an engine only a plain read needs more than the order of issue: it reads before its turn to write.
    /// </summary>
    private bool IsOrdered(Step earlier) =>
        ReferenceEquals(earlier, step)
        || (kind != AccessKind.Read && earlier.SharesEngineWith(step))
        || earlier.IsCompleteIn(step.Known);

    private void Add(in Conflict conflict)
    {
        foreach (var known in open)
        {
            if (ReferenceEquals(known.Earlier, conflict.Earlier)) return;
        }

        open.Add(conflict);
    }
}
