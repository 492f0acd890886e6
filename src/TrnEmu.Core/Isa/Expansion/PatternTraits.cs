using System.Runtime.CompilerServices;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Expansion;

/// <summary>What one operand adds to, or takes from, the traits of its instruction.</summary>
internal static class PatternTraits
{
    private const int WideStrideBytes = 16;

    /// <summary>
    /// Drops Narrow and HalfFloat where the operand has larger or other elements; adds the stride traits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Meet(ref InstructionTraits traits, in AccessPattern p)
    {
        var size = p.DType.Size();
        if (size > 2) traits &= ~InstructionTraits.Narrow;
        if (p.DType is not (DType.Bf16 or DType.Fp16)) traits &= ~InstructionTraits.HalfFloat;
        var innermost = Innermost(p);
        if (innermost != 1 || p.IsIndirect) traits |= InstructionTraits.Strided;
        if (Math.Abs(innermost) * size > WideStrideBytes) traits |= InstructionTraits.WideStride;
    }

    /// <summary>Stride of the innermost level that has more than one element; 1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Innermost(in AccessPattern p) =>
        p.Count3 > 1 ? p.Stride3 : p.Count2 > 1 ? p.Stride2 : p.Count1 > 1 ? p.Stride1 : p.Count0 > 1 ? p.Stride0 : 1;
}
