namespace TrnEmu.Sim;

/// <summary>How a program is timed.</summary>
public sealed record TimeOptions
{
    /// <summary>How DMA descriptors are made, whatever the operations say.</summary>
    public DescriptorMode Descriptors { get; init; }

    /// <summary>False keeps the Tensor engine's array warm from the start.</summary>
    public bool WarmUp { get; init; } = true;

    /// <summary>
    /// True keeps the times of every engine instruction, transfer and DMA share, not only of every operation.
    /// </summary>
    public bool RecordInstructions { get; init; }

    /// <summary>Told of every start; null for none, which is faster.</summary>
    public ITimeObserver? Observer { get; init; }
}

/// <summary>Who makes the descriptors of a DMA.</summary>
public enum DescriptorMode : byte
{
    /// <summary>
    /// As the operation says (dge_mode), or else the chip file: prebuilt on generation 2, hardware from 3 on.
    /// </summary>
    ChipDefault,

    /// <summary>They lie ready in memory.</summary>
    Prebuilt,

    /// <summary>
    /// A hardware generator, one DMA after the other: generator 0 serves Sync, generator 1 the other engines.
    /// </summary>
    Hardware,
}
