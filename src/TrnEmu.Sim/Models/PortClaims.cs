using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Models;

/// <summary>
/// What an instruction holds for as long as it occupies its engine, so that another engine of the core must wait:
/// bits 0 to 7 are PSUM banks, the others below.
/// </summary>
public static class PortClaims
{
    /// <summary>Vector's and GpSimd's way to SBUF, or the bus that Vector's fast modes borrow from GpSimd.</summary>
    public const ushort VectorGpsimd = 0x100;

    /// <summary>Vector's and Scalar's way to PSUM.</summary>
    public const ushort VectorScalar = 0x200;

    private const InstructionTraits Psum = InstructionTraits.SourcePsum | InstructionTraits.DestinationPsum;

    /// <summary>The claims of an instruction, 0 for none.</summary>
    public static ushort Of(SharedResources shared, Engine engine, in Instruction instruction, bool isFast)
    {
        if (shared.Arbitration.Value == 0) return 0;
        var claims = 0;
        if (engine is Engine.Vector or Engine.GpSimd && instruction.Traits.HasFlag(InstructionTraits.Sbuf))
        {
            var isExclusive = shared.VectorGpsimdSbuf.Value > 0
                || (shared.VectorFastGpsimd.Value > 0 && (isFast || engine == Engine.GpSimd));
            if (isExclusive) claims |= VectorGpsimd;
        }

        if (engine is Engine.Vector or Engine.Scalar && (instruction.Traits & Psum) != 0)
        {
            if (shared.VectorScalarPsum.Value > 0) claims |= VectorScalar;
            if (shared.VectorScalarBank.Value > 0) claims |= instruction.Banks;
        }

        return (ushort)claims;
    }
}
