using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Sim.Models;

/// <summary>
/// Multiply-adds a cycle of the systolic array at full use: 128 x 128 of 16-bit elements, twice as many of fp8 in
/// double rows, four times as many of packed elements, and of fp32 what its cycles for each column leave, less by the
/// number of passes that a product takes. A transpose takes one pass.
/// </summary>
public static class ArrayRate
{
    private const double Array = Limits.Partitions * Limits.Partitions;

    /// <summary>Of what an instruction streams through the array.</summary>
    public static double Of(Chip chip, in Instruction i)
    {
        if (i.DType == DType.Fp32) return Array / (chip.Tensor.Fp32CyclesPerColumn * Passes(chip, i));
        var pairs = i.Traits.HasFlag(InstructionTraits.QuadRow) ? 4
            : i.Traits.HasFlag(InstructionTraits.DoubleRow) ? 2 : 1;
        return pairs * Array / chip.Tensor.CyclesPerColumn;
    }

    private static double Passes(Chip chip, in Instruction i) =>
        i.Traits.HasFlag(InstructionTraits.MultiPass) ? chip.Tensor.Fp32Passes : 1;
}
