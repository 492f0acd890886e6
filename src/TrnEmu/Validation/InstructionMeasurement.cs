using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Validation;

/// <summary>What was measured of an instruction.</summary>
public enum InstructionQuantity
{
    /// <summary>Start to completion.</summary>
    Latency,

    /// <summary>Start to start of the next one alike, at full rate.</summary>
    Interval,

    /// <summary>The same while the Tensor engine's array is cold.</summary>
    ColdInterval,

    /// <summary>What an activation takes longer when its table is not there.</summary>
    TableLoad,

    /// <summary>Completion to the start of an instruction on another engine that waited for it.</summary>
    Semaphore,
}

/// <summary>A measurement of a single instruction.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Chip">A chip's name or file.</param>
/// <param name="Quantity">What was measured.</param>
/// <param name="Engine">Where it ran; Scalar for tables, of no meaning for semaphores.</param>
/// <param name="Instruction">Its work.</param>
/// <param name="Values">Nanoseconds.</param>
public sealed record InstructionMeasurement(
    string Name, string Chip, InstructionQuantity Quantity, Engine Engine, Instruction Instruction, IReadOnlyList<double> Values);

/// <summary>How long a packet holds its DMA engine.</summary>
/// <param name="Chip">A chip's name or file.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Nanoseconds">Shortest time from one to the next.</param>
public sealed record PacketMeasurement(string Chip, int Bytes, double Nanoseconds);
