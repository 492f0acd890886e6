using System.Runtime.CompilerServices;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Expansion;

/// <summary>What one operand adds to, or takes from, the traits of its instruction.</summary>
internal static class PatternTraits
{
    private const int WideStrideBytes = 16;

    /// <summary>
    /// Drops Narrow and HalfFloat where the operand has larger or other elements; adds those of strides and dynamic
    /// addresses.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Meet(ref InstructionTraits traits, in AccessPattern p)
    {
        if (p.IsDynamic) traits |= InstructionTraits.Dynamic;
        Meet(ref traits, p.DType, Innermost(p), p.IsIndirect);
    }

    /// <summary>The same for an operand of that dtype and innermost stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Meet(ref InstructionTraits traits, DType dtype, int innermost, bool isIndirect)
    {
        var size = dtype.Size();
        if (size > 2) traits &= ~InstructionTraits.Narrow;
        if (dtype is not (DType.Bf16 or DType.Fp16)) traits &= ~InstructionTraits.HalfFloat;
        if (innermost != 1 || isIndirect) traits |= InstructionTraits.Strided;
        if (innermost * size is > WideStrideBytes or < -WideStrideBytes) traits |= InstructionTraits.WideStride;
    }

    /// <summary>Stride of the innermost level that has more than one element; 1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Innermost(in AccessPattern p) =>
        p.Count3 > 1 ? p.Stride3 : p.Count2 > 1 ? p.Stride2 : p.Count1 > 1 ? p.Stride1 : p.Count0 > 1 ? p.Stride0 : 1;
}
