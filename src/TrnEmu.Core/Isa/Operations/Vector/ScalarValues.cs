using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>Scalar operands at their bytes.</summary>
internal static class ScalarValues
{
    /// <summary>The constant, or the column at its bytes.</summary>
    public static Operand Operand(this CoreState core, in ScalarOperand operand) => operand.Column is { } column
        ? Numerics.Operand.Column(core.Tile(column))
        : Numerics.Operand.Constant(operand.Immediate);
}
