using System.Runtime.CompilerServices;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Expansion;

/// <summary>
/// What one operand adds to the traits of its instruction. What holds only when it holds for every operand is kept the
/// other way round (<see cref="ForAll"/>), so that operands are joined by or.
/// </summary>
internal static class PatternTraits
{
    /// <summary>Traits that every operand must have.</summary>
    public const InstructionTraits ForAll = InstructionTraits.Narrow | InstructionTraits.HalfFloat;

    private const int WideStrideBytes = 16;
    private static readonly byte[] DTypeTraits = [.. DTypes.All.Select(t => (byte)Lacking(t))];

    /// <summary>What a pattern adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static InstructionTraits Of(in AccessPattern p)
    {
        var innermost = Innermost(p);
        var traits = Of(p.DType);
        if (innermost != 1 || p.Dynamic.Kind != OffsetKind.None) traits |= OfLayout(p.DType, innermost, p.Dynamic.Kind);
        return traits;
    }

    /// <summary>What one contiguous row with the dtype and the indices of a pattern adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static InstructionTraits OfRow(in AccessPattern like)
    {
        var traits = Of(like.DType);
        if (like.IsIndirect) traits |= InstructionTraits.Strided;
        return traits;
    }

    /// <summary>What a dtype adds: larger elements than 2 bytes, other than half floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static InstructionTraits Of(DType dtype) => (InstructionTraits)DTypeTraits[(int)dtype];

    private static InstructionTraits Lacking(DType dtype) =>
        (dtype.Size() > 2 ? InstructionTraits.Narrow : InstructionTraits.None)
        | (dtype is DType.Bf16 or DType.Fp16 ? InstructionTraits.None : InstructionTraits.HalfFloat);

    /// <summary>What strides and dynamic addresses add. Rare: most patterns are contiguous and static.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static InstructionTraits OfLayout(DType dtype, int innermost, OffsetKind kind)
    {
        var traits = kind != OffsetKind.None ? InstructionTraits.Dynamic : InstructionTraits.None;
        if (innermost != 1 || kind == OffsetKind.Indirect) traits |= InstructionTraits.Strided;
        if (innermost * dtype.Size() is > WideStrideBytes or < -WideStrideBytes) traits |= InstructionTraits.WideStride;
        return traits;
    }

    /// <summary>Stride of the innermost level that has more than one element; 1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Innermost(in AccessPattern p) =>
        p.Count3 > 1 ? p.Stride3 : p.Count2 > 1 ? p.Stride2 : p.Count1 > 1 ? p.Stride1 : p.Count0 > 1 ? p.Stride0 : 1;
}
