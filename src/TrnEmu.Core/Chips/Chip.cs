namespace TrnEmu.Core.Chips;

/// <summary>A chip: what its memories hold, how fast its engines and DMA are. Read from one JSON file.</summary>
public sealed record Chip
{
    /// <summary>Name on the command line: trn1, inf2, trn2, trn3, unit, or the user's own.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>NeuronCore generation: 2 (trn1, inf2), 3 (trn2) or 4 (trn3); decides which operations exist.</summary>
    public required int Generation { get; init; }

    /// <summary>NeuronCores on the chip.</summary>
    public required Quantity Cores { get; init; }

    /// <summary>SBUF bytes of each of the 128 partitions of a core.</summary>
    public required Quantity SbufBytesPerPartition { get; init; }

    /// <summary>PSUM banks of a core.</summary>
    public required Quantity PsumBanks { get; init; }

    /// <summary>Bytes of a PSUM bank in each partition.</summary>
    public required Quantity PsumBankBytes { get; init; }

    /// <summary>HBM bytes of the chip.</summary>
    public required Quantity HbmBytes { get; init; }

    /// <summary>PSUM bytes of each partition of a core.</summary>
    public int PsumBytesPerPartition => PsumBanks.ToInt32() * PsumBankBytes.ToInt32();
}
