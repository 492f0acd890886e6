namespace TrnEmu.Core.Dependences;

/// <summary>
/// What later accesses of a byte can conflict with: the step that last wrote it (earlier writers completed before, or
/// complete in order with it), and the steps that read it since. Immutable.
/// </summary>
public sealed class History : IEquatable<History>
{
    private readonly Step[] _readers;

    private History(Step? writer, Step[] readers)
    {
        Writer = writer;
        _readers = readers;
    }

    /// <summary>The last writer, or null.</summary>
    public Step? Writer { get; }

    /// <summary>Readers since.</summary>
    public ReadOnlySpan<Step> Readers => _readers;

    /// <summary>A step wrote.</summary>
    public static History WrittenBy(Step step) => new(step, []);

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
        return new History(history?.Writer, readers);
    }

    /// <inheritdoc/>
    public bool Equals(History? other) =>
        ReferenceEquals(this, other)
        || (other is not null && ReferenceEquals(Writer, other.Writer) && Readers.SequenceEqual(other.Readers));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as History);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Writer?.Order, _readers.Length);

    private static bool IsImplied(Step reader, Step by) => reader.SharesEngineWith(by) || reader.IsCompleteIn(by.Known);
}
