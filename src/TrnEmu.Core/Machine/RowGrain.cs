namespace TrnEmu.Core.Machine;

/// <summary>How finely an operation is cut for the host's threads; never changes bits.</summary>
/// <param name="Rows">Rows of a part, the last one perhaps fewer; at least 1.</param>
/// <param name="Elements">An operation of fewer elements is not cut.</param>
public readonly record struct RowGrain(int Rows, long Elements)
{
    /// <summary>
    /// As many rows as loops take at once; less work than that is done sooner than another thread wakes up.
    /// </summary>
    public static RowGrain Default { get; } = new(16, 1 << 14);
}
