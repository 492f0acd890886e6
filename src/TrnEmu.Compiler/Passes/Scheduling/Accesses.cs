namespace TrnEmu.Compiler.Passes.Scheduling;

/// <summary>
/// What later accesses of a byte (or of engine state) must come after: the node that last wrote it and those that read
/// it since. Immutable; parts of memory with the same past share it.
/// </summary>
/// <param name="Writer">The node that last wrote; -1 for none.</param>
/// <param name="Readers">Readers since, the latest first.</param>
internal sealed record Accesses(int Writer, Readers? Readers)
{
    /// <summary>By reference: what has become different stays apart until it is written.</summary>
    public bool Equals(Accesses? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Writer;
}

/// <summary>A list of readers.</summary>
/// <param name="Node">The latest.</param>
/// <param name="Next">Those before it.</param>
internal sealed record Readers(int Node, Readers? Next)
{
    /// <summary>Number of readers.</summary>
    public int Count { get; } = Next is null ? 1 : Next.Count + 1;
}
