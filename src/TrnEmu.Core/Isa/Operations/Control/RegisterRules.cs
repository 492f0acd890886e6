using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>What register operations share.</summary>
internal static class RegisterRules
{
    /// <summary>The work of reading or writing a register.</summary>
    public static Instruction Work => new(CostClass.Register, 1, DType.Int32, Rows: 1);

    private const int Count = 1 << 20;

    /// <summary>The number is one that a register can have.</summary>
    public static void Number(Verifier v, string name, Register register)
    {
        if (register.Number is < 0 or >= Count)
            v.Error(RegisterCodes.Number, $"{name} is register {register.Number}, must be 0 to {Count - 1}");
    }

    /// <summary>The memory operand is one element.</summary>
    public static void OneElement(Verifier v, string name, in AccessPattern p)
    {
        if (p.Elements != 1) v.Error(RegisterCodes.OneElement, $"{name} has {p.Elements} elements, a register holds 1");
        DynamicRules.NoVector(v, name, p);
    }
}
