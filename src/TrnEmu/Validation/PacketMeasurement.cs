namespace TrnEmu.Validation;

/// <summary>How long a packet holds its DMA engine.</summary>
/// <param name="Chip">A chip's name or file.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Nanoseconds">Shortest time from one to the next.</param>
public sealed record PacketMeasurement(string Chip, int Bytes, double Nanoseconds);
