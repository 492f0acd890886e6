using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>The two instructions that every use of the systolic array becomes.</summary>
internal static class ArrayWork
{
    /// <summary>
    /// Loads M stationary columns, then streams N moving columns over the rows of the contraction: as a product, where
    /// fp32 takes several passes and packed rows none, or in transpose mode. Work on one part of the array leaves the
    /// others free.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Expand(
        ExpansionSink e, in AccessPattern dst, in AccessPattern stationary, in AccessPattern moving, ArrayMode mode,
        ushort cells)
    {
        var misaligned = MisalignedRows(moving, e.TensorOf(moving));
        Add(e, stationary, (int)moving.Free, moving.DType, e.ArrayTraits(dst, moving), mode, cells, misaligned);
    }

    /// <summary>
    /// The same where software keeps an identity of the stationary values' dtype beside them and streams its columns,
    /// as many as there are stationary rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ExpandIdentity(
        ExpansionSink e, in AccessPattern dst, in AccessPattern stationary, ArrayMode mode)
    {
        var traits = e.ArrayTraitsOfRow(dst, stationary);
        Add(e, stationary, stationary.Partitions, stationary.DType, traits, mode, cells: 0, misaligned: 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        ExpansionSink e, in AccessPattern stationary, int columns, DType moving, InstructionTraits movingTraits,
        ArrayMode mode, ushort cells, ushort misaligned)
    {
        var transposes = mode == ArrayMode.Transpose;
        var isMultiPass = (stationary.DType == DType.Fp32 || moving == DType.Fp32) && !transposes;
        var traits = mode switch
        {
            ArrayMode.DoubleRow => InstructionTraits.DoubleRow,
            ArrayMode.QuadRow => InstructionTraits.QuadRow,
            _ => isMultiPass ? InstructionTraits.MultiPass : InstructionTraits.None,
        };
        var isDouble = mode == ArrayMode.DoubleRow;
        var rows = stationary.Partitions * (mode == ArrayMode.QuadRow ? 4 : isDouble ? 2 : 1);
        e.Add(new Instruction(
            CostClass.LoadStationary, isDouble ? (int)stationary.Free / 2 : (int)stationary.Free, stationary.DType,
            e.ArrayTraits(stationary) | traits, Rows: rows, Cells: cells));
        e.Add(new Instruction(
            transposes ? CostClass.TransposeMoving : CostClass.MultiplyMoving, isDouble ? columns / 2 : columns, moving,
            movingTraits | traits, Rows: rows, Cells: cells, MisalignedRows: misaligned));
    }

    /// <summary>
    /// Rows of 2-byte elements (stretches of the innermost level with more than one) that start on an odd element.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort MisalignedRows(in AccessPattern p, Memory.Tensor tensor)
    {
        if (p.DType.Size() != 2) return 0;
        var isOdd = ((tensor.Address?.Byte ?? 0) + p.Offset) / 2 % 2 != 0;
        var rows = p.Count3 > 1 ? 3 : p.Count2 > 1 ? 2 : p.Count1 > 1 ? 1 : 0;
        // One row in most patterns.
        return rows == 0 || ((rows < 2 || p.Count1 == 1) && (rows < 3 || p.Count2 == 1) && p.Count0 == 1)
            ? (ushort)(isOdd ? 1 : 0)
            : OddRows(
                isOdd, (p.Count0, p.Stride0), rows > 1 ? (p.Count1, p.Stride1) : (1, 0),
                rows > 2 ? (p.Count2, p.Stride2) : (1, 0));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ushort OddRows(
        bool isOdd, (int Count, int Stride) outer, (int Count, int Stride) middle, (int Count, int Stride) inner)
    {
        var (even, odd) = isOdd ? (0, 1) : (1, 0);
        Repeat(outer.Count, outer.Stride, ref even, ref odd);
        Repeat(middle.Count, middle.Stride, ref even, ref odd);
        Repeat(inner.Count, inner.Stride, ref even, ref odd);
        return (ushort)odd;
    }

    private static void Repeat(int count, int stride, ref int even, ref int odd)
    {
        if (stride % 2 == 0) (even, odd) = (even * count, odd * count);
        else (even, odd) = ((count + 1) / 2 * even + count / 2 * odd, (count + 1) / 2 * odd + count / 2 * even);
    }
}
