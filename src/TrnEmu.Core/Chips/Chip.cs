namespace TrnEmu.Core.Chips;

/// <summary>
/// A chip: what its memories hold, how fast its engines and DMA are. Read from one JSON file of numbers
/// (<see cref="Load(string)"/>); the formulas over them are code of the timing model.
/// </summary>
public sealed record Chip
{
    /// <summary>Name on the command line: trn1, inf2, trn2, trn3, unit, or the user's own.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// NeuronCore generation: 2 (trn1, inf2), 3 (trn2) or 4 (trn3); decides which operations exist. Source:
    /// nki.isa.get_nc_version.
    /// </summary>
    [Expect("", Min = 2, Max = 4, Whole = true)]
    public required int Generation { get; init; }

    /// <summary>
    /// Revision of the silicon within the generation: 0 the first, 1 the second. Source: nki.isa.get_nc_sub_version.
    /// </summary>
    [Expect("", Min = 0, Max = 1, Whole = true)]
    public required int SubVersion { get; init; }

    /// <summary>NeuronCores on the chip.</summary>
    [Expect("cores", Min = 1, Max = 64, Whole = true)]
    public required Quantity Cores { get; init; }

    /// <summary>SBUF bytes of each of the 128 partitions of a core.</summary>
    [Expect("bytes", Min = 1, Max = 1 << 24, Whole = true)]
    public required Quantity SbufBytesPerPartition { get; init; }

    /// <summary>PSUM banks of a core.</summary>
    [Expect("banks", Min = 1, Max = 64, Whole = true)]
    public required Quantity PsumBanks { get; init; }

    /// <summary>Bytes of a PSUM bank in each partition.</summary>
    [Expect("bytes", Min = 1, Max = 1 << 20, Whole = true)]
    public required Quantity PsumBankBytes { get; init; }

    /// <summary>HBM bytes of the chip.</summary>
    [Expect("bytes", Min = 1, Max = 1e15, Whole = true)]
    public required Quantity HbmBytes { get; init; }

    /// <summary>Bandwidth of the chip's HBM, reads and writes of all cores together.</summary>
    [Expect("GB/s", Min = 1e-3, Max = 1e6)]
    public required Quantity HbmGbPerS { get; init; }

    /// <summary>
    /// HBM channels that consecutive addresses go through in turns; 1 when addresses are hashed, so that no stride
    /// favours a channel.
    /// </summary>
    [Expect("channels", Min = 1, Max = 64, Whole = true)]
    public required Quantity HbmChannels { get; init; }

    /// <summary>Bytes in a row that one channel holds.</summary>
    [Expect("bytes", Min = 1, Max = 1 << 20, Whole = true)]
    public required Quantity HbmChannelBytes { get; init; }

    /// <summary>The Tensor engine.</summary>
    public required TensorTimes Tensor { get; init; }

    /// <summary>The Vector engine.</summary>
    public required ComputeTimes Vector { get; init; }

    /// <summary>The Scalar engine.</summary>
    public required ComputeTimes Scalar { get; init; }

    /// <summary>What the Scalar engine has beyond the others: function tables and accumulate registers.</summary>
    public required ActivationTimes Activation { get; init; }

    /// <summary>The GpSimd engine.</summary>
    public required ComputeTimes Gpsimd { get; init; }

    /// <summary>The Sync engine: it only issues.</summary>
    public required IssueTimes Sync { get; init; }

    /// <summary>The DMA engines.</summary>
    public required DmaTimes Dma { get; init; }

    /// <summary>End of an instruction to the start of one that waited for its semaphore.</summary>
    [Expect("ns")]
    public required Quantity SemaphoreNs { get; init; }

    /// <summary>What the engines of a core share.</summary>
    public required SharedResources Shared { get; init; }

    /// <summary>The runtime around a kernel.</summary>
    public required RuntimeTimes Runtime { get; init; }

    /// <summary>PSUM bytes of each partition of a core.</summary>
    public int PsumBytesPerPartition => PsumBanks.ToInt32() * PsumBankBytes.ToInt32();

    /// <summary>Names of the chips that the emulator brings.</summary>
    public static IReadOnlyList<string> Known => ChipLoader.Known;

    /// <summary>Reads a chip by name, or from the user's file when the text ends in <c>.json</c>.</summary>
    /// <exception cref="Diagnostics.TrnException">
    /// The name is unknown, or the file has findings: all of them.
    /// </exception>
    public static Chip Load(string nameOrPath) => ChipLoader.Load(nameOrPath, []);

    /// <summary>
    /// Reads a chip and replaces numbers of it for what-if runs, as in <c>dma.generation_ns</c> = 0; the basis of a
    /// replaced number is assumed.
    /// </summary>
    /// <exception cref="Diagnostics.TrnException">As above, or a path names no number of the chip.</exception>
    public static Chip Load(string nameOrPath, IReadOnlyList<KeyValuePair<string, double>> whatIf) =>
        ChipLoader.Load(nameOrPath, whatIf);
}
