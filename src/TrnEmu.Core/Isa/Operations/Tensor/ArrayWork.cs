using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>The two instructions that every use of the systolic array becomes.</summary>
internal static class ArrayWork
{
    /// <summary>
    /// Loads M stationary columns, then streams N moving columns over the rows of the contraction: as a product, where
    /// fp32 takes several passes and packed rows none, or in transpose mode. A tile of the array is priced as if it had
    /// the array to itself: products in other tiles at the same time are not modelled.
    /// </summary>
    public static void Expand(
        ExpansionSink e, in AccessPattern dst, in AccessPattern stationary, in AccessPattern moving, ArrayMode mode)
    {
        var transposes = mode == ArrayMode.Transpose;
        var isMultiPass = (stationary.DType == DType.Fp32 || moving.DType == DType.Fp32) && !transposes;
        var traits = mode switch
        {
            ArrayMode.DoubleRow => InstructionTraits.DoubleRow,
            ArrayMode.QuadRow => InstructionTraits.QuadRow,
            _ => isMultiPass ? InstructionTraits.MultiPass : InstructionTraits.None,
        };
        var layers = mode == ArrayMode.DoubleRow ? 2 : 1;
        var rows = stationary.Partitions * (mode == ArrayMode.QuadRow ? 4 : layers);
        e.Add(new Instruction(
            CostClass.LoadStationary, (int)stationary.Free / layers, stationary.DType, e.Traits(stationary) | traits,
            Rows: rows));
        traits |= e.Traits(dst, moving);
        if (IsMisaligned(moving, e.Program.TensorOf(moving))) traits |= InstructionTraits.Misaligned;
        e.Add(new Instruction(
            transposes ? CostClass.TransposeMoving : CostClass.MultiplyMoving, (int)moving.Free / layers, moving.DType,
            traits, Rows: rows));
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
