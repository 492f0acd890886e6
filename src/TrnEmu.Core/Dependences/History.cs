namespace TrnEmu.Core.Dependences;

/// <summary>
/// What later accesses of a byte can conflict with: the step that last wrote it (earlier writers of its core completed
/// before, or complete in order with it), writers of other cores that it is not ordered with, and the steps that read it
/// since. Immutable.
/// </summary>
public sealed class History : IEquatable<History>
{
    private readonly Step[] _others;
    private readonly Step[] _readers;
    private readonly Step[] _past;

    private History(Step? writer, Step[] others, Step[] readers, Step[] past)
    {
        Writer = writer;
        _others = others;
        _readers = readers;
        _past = past;
    }

    /// <summary>The last writer, or null.</summary>
    public Step? Writer { get; }

    /// <summary>Earlier writers of other cores that the last writer does not know to have completed.</summary>
    public ReadOnlySpan<Step> OtherWriters => _others;

    /// <summary>Readers since.</summary>
    public ReadOnlySpan<Step> Readers => _readers;

    /// <summary>
    /// Readers before the last write, where they are kept. A core that need not wait for that write, as its own is equal,
    /// does not wait for them through it.
    /// </summary>
    public ReadOnlySpan<Step> PastReaders => _past;

    /// <summary>A step wrote what nobody wrote before.</summary>
    public static History WrittenBy(Step step) => new(step, [], [], []);

    /// <summary>A step wrote.</summary>
    /// <param name="step">The step.</param>
    /// <param name="history">What was before.</param>
    /// <param name="written">The history that the step leaves where it leaves nothing else.</param>
    /// <param name="keepsReaders">Whether readers are kept.</param>
    public static History WrittenBy(Step step, History? history, History written, bool keepsReaders)
    {
        if (history is null) return written;
        Step[] past = keepsReaders ? history.AllReaders() : [];
        if (past.Length == 0 && !history.Any(step)) return written;
        Step[] others = [.. history._others.Where(w => IsApart(w, step))];
        return new History(
            step, history.Writer is { } w && IsApart(w, step) ? [.. others, w] : others, [], past);
    }

    /// <summary>
    /// A step read. Readers that completed before it started, or that complete before it does, are forgotten: who waits
    /// for this one waits for them.
    /// </summary>
    public static History ReadBy(Step step, History? history)
    {
        var old = history is null ? [] : history._readers;
        if (Array.IndexOf(old, step) >= 0) return history!;
        var kept = 0;
        foreach (var reader in old)
        {
            if (!IsImplied(reader, step)) kept++;
        }

        var readers = new Step[kept + 1];
        kept = 0;
        foreach (var reader in old)
        {
            if (!IsImplied(reader, step)) readers[kept++] = reader;
        }

        readers[kept] = step;
        return new History(history?.Writer, history?._others ?? [], readers, history?._past ?? []);
    }

    /// <inheritdoc/>
    public bool Equals(History? other) =>
        ReferenceEquals(this, other)
        || (other is not null && ReferenceEquals(Writer, other.Writer) && OtherWriters.SequenceEqual(other.OtherWriters)
            && Readers.SequenceEqual(other.Readers) && PastReaders.SequenceEqual(other.PastReaders));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as History);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Writer?.Order, _readers.Length);

    /// <summary>Past readers and readers, without those that a later one implies.</summary>
    private Step[] AllReaders()
    {
        if (_past.Length == 0) return _readers;
        List<Step> all = [.. _past];
        foreach (var reader in _readers)
        {
            all.RemoveAll(earlier => ReferenceEquals(earlier, reader) || IsImplied(earlier, reader));
            all.Add(reader);
        }

        return [.. all];
    }

    private bool Any(Step by)
    {
        if (Writer is null) return false;
        if (IsApart(Writer, by)) return true;
        foreach (var other in _others)
        {
            if (IsApart(other, by)) return true;
        }

        return false;
    }

    private static bool IsApart(Step writer, Step by) => writer.Core != by.Core && !writer.IsCompleteIn(by.Known);

    private static bool IsImplied(Step reader, Step by) => reader.SharesEngineWith(by) || reader.IsCompleteIn(by.Known);
}
