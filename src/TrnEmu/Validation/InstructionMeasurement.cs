using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Validation;

/// <summary>A measurement of a single instruction.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Chip">A chip's name or file.</param>
/// <param name="Quantity">What was measured.</param>
/// <param name="Engine">Where it ran; Scalar for tables, of no meaning for semaphores.</param>
/// <param name="Instruction">Its work.</param>
/// <param name="Values">Nanoseconds.</param>
public sealed record InstructionMeasurement(
    string Name, string Chip, InstructionQuantity Quantity, Engine Engine, Instruction Instruction,
    IReadOnlyList<double> Values);
