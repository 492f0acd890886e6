using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>How 64 neighbouring elements of two rows become pairs of bf16.</summary>
internal unsafe interface IPairs
{
    /// <summary>Biased exponent as bf16 that no nonzero element of the dtype is below, if that says enough.</summary>
    static abstract int Least { get; }

    /// <summary>
    /// pairs[i] = bf16 of earlier[i] in the upper half, of later[i] in the lower, i &lt; 64, exact. Gives in each lane
    /// the smallest magnitude less 1 of the nonzero bf16 seen there, all bits set for none or where <see cref="Least"/> is enough.
    /// </summary>
    static abstract Vector512<ushort> Pack(byte* earlier, byte* later, uint* pairs);
}
