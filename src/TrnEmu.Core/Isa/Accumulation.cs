using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>
/// Whether a matmul adds to the PSUM elements it writes. <see cref="AccumulationKind.Automatic"/> exists only while a
/// call is recorded: the front end resolves it in program order (an element that no matmul has written since the tensor
/// was made, or since another instruction wrote it, is overwritten; others are added to), so no pass can change it.
/// </summary>
/// <param name="Kind">The same for all elements, or mixed.</param>
/// <param name="Runs">
/// Mixed: lengths of alternating runs over the destination's elements, partition by partition in pattern order; the
/// first run overwrites, the second adds, and so on. Otherwise empty.
/// </param>
public readonly record struct Accumulation(AccumulationKind Kind, EquatableArray<int> Runs = default)
{
    /// <summary>Overwrite all elements.</summary>
    public static Accumulation Overwrite => new(AccumulationKind.Overwrite);

    /// <summary>Add to all elements.</summary>
    public static Accumulation Add => new(AccumulationKind.Add);

    /// <summary>Let the front end decide by element.</summary>
    public static Accumulation Automatic => new(AccumulationKind.Automatic);

    /// <summary>True adds, false overwrites.</summary>
    public static implicit operator Accumulation(bool accumulate) => accumulate ? Add : Overwrite;

    /// <summary>True adds, false overwrites.</summary>
    public static Accumulation FromBoolean(bool accumulate) => accumulate;
}

/// <summary>How PSUM accumulation is decided.</summary>
public enum AccumulationKind : byte
{
    /// <summary>Left to the front end; never in a program.</summary>
    Automatic,

    /// <summary>All elements are overwritten.</summary>
    Overwrite,

    /// <summary>All elements are added to.</summary>
    Add,

    /// <summary>Runs of elements alternate.</summary>
    Mixed,
}
