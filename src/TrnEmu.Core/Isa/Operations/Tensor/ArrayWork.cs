using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>The two instructions that every use of the systolic array becomes.</summary>
internal static class ArrayWork
{
    /// <summary>
    /// Loads M stationary columns, then streams N moving columns over K rows: as a product, where fp32 takes several
    /// passes, or in transpose mode.
    /// </summary>
    public static void Expand(
        ExpansionSink e, in AccessPattern dst, in AccessPattern stationary, in AccessPattern moving, bool transposes)
    {
        var isMultiPass = stationary.DType == DType.Fp32 && !transposes;
        var passes = isMultiPass ? InstructionTraits.MultiPass : InstructionTraits.None;
        e.Add(new Instruction(
            CostClass.LoadStationary, (int)stationary.Free, stationary.DType, e.Traits(stationary) | passes,
            Rows: stationary.Partitions));
        var traits = e.Traits(dst, moving) | passes;
        if (IsMisaligned(moving, e.Program.TensorOf(moving))) traits |= InstructionTraits.Misaligned;
        e.Add(new Instruction(
            transposes ? CostClass.TransposeMoving : CostClass.MultiplyMoving, (int)moving.Free, moving.DType, traits,
            Rows: moving.Partitions));
    }

    /// <summary>Some row (stretch of the innermost level) of 2-byte elements starts on an odd element.</summary>
    private static bool IsMisaligned(in AccessPattern p, Memory.Tensor tensor)
    {
        const int Pair = 4;
        return p.DType.Size() == 2 && (((tensor.Address?.Byte ?? 0) + p.Offset) % Pair != 0
            || IsOdd(p.Count0, p.Stride0) || IsOdd(p.Count1, p.Stride1) || IsOdd(p.Count2, p.Stride2));
    }

    private static bool IsOdd(int count, int stride) => count > 1 && stride % 2 != 0;
}
