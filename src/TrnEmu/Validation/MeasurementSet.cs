namespace TrnEmu.Validation;

/// <summary>Everything that a file of measurements holds.</summary>
public sealed record MeasurementSet
{
    /// <summary>Kernels.</summary>
    public IReadOnlyList<Measurement> Rows { get; init; } = [];

    /// <summary>Rows whose order a model must keep.</summary>
    public IReadOnlyList<Ladder> Ladders { get; init; } = [];

    /// <summary>Single instructions.</summary>
    public IReadOnlyList<InstructionMeasurement> Instructions { get; init; } = [];

    /// <summary>Packets of a DMA engine.</summary>
    public IReadOnlyList<PacketMeasurement> Packets { get; init; } = [];

    /// <summary>What concerns one chip alone.</summary>
    public MeasurementSet Of(string chip) => this with
    {
        Rows = [.. Rows.Where(r => r.Chip == chip)],
        Instructions = [.. Instructions.Where(i => i.Chip == chip)],
        Packets = [.. Packets.Where(p => p.Chip == chip)],
    };
}
