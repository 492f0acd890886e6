using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// Which ALU operators an operation can name. Source: nki.isa, "Supported Math Operators for NKI ISA", the notes on
/// nki.language.abs_max and abs_min, and the engine notes of tensor_tensor and tensor_scalar.
/// </summary>
internal static class AluRules
{
    private const int FirstGenerationWithMagnitudes = 4;

    /// <summary>An operator of two operands that the engine has.</summary>
    public static void Binary(Verifier v, Engine engine, string name, AluOp op)
    {
        if (op == AluOp.Bypass) v.Missing(AluGaps.Bypass, $"{name} is bypass");
        else if (op.IsUnary()) v.Error(VectorCodes.Operator, $"{name} is {op.Name()}, which takes no second operand");
        else Available(v, engine, name, op);
    }

    /// <summary>An operator of a scalar operand; where it is unary, the operand is 0.</summary>
    public static void WithScalar(Verifier v, Engine engine, string name, AluOp op, string operandName, in ScalarOperand? operand)
    {
        if (op == AluOp.Bypass) v.Missing(AluGaps.Bypass, $"{name} is bypass");
        else Available(v, engine, name, op);
        if (op.IsUnary() && operand is { } given && (given.Column is not null || given.Value != 0))
            v.Error(VectorCodes.Unary, $"{operandName} is {Text(given)}, must be 0: {op.Name()} is unary");
    }

    /// <summary>An operator that works on numbers, not on bits.</summary>
    public static void Arithmetic(Verifier v, string name, AluOp op)
    {
        if (op.IsBitwise()) v.Error(VectorCodes.Operator, $"{name} is {op.Name()}, must be arithmetic");
    }

    /// <summary>An operator that folds a row into one value.</summary>
    public static void Reduction(Verifier v, string name, AluOp op)
    {
        if (op == AluOp.Subtract) v.Missing(AluGaps.Subtraction, $"{name} is subtract");
        else if (!op.IsReduction() || op is AluOp.AbsMax or AluOp.AbsMin)
            v.Error(VectorCodes.Operator, $"{name} is {op.Name()}, which does not reduce");
    }

    /// <summary>Operands of a bitwise operator: integers, all of dst's size.</summary>
    public static void Bits(Verifier v, string opName, AluOp op, in AccessPattern dst, string name, in AccessPattern p)
    {
        if (!op.IsBitwise()) return;
        if (!p.DType.IsInteger())
            v.Error(VectorCodes.Bits, $"{name} is {p.DType.Name()}, must be an integer type: {opName} is {op.Name()}");
        else if (p.DType.Size() != dst.DType.Size())
            v.Error(VectorCodes.Bits, $"{name} is {p.DType.Name()}, dst is {dst.DType.Name()}: {op.Name()} converts no sizes");
    }

    /// <summary>
    /// The scalar of a bitwise operator: an integer column of dst's size, or an integer immediate of 32 bits.
    /// </summary>
    public static void Bits(Verifier v, string opName, AluOp op, in AccessPattern dst, string name, in ScalarOperand operand)
    {
        if (!op.IsBitwise()) return;
        if (operand.Column is { } column) Bits(v, opName, op, dst, name, column);
        else if (!ScalarOperand.IsWord(operand.Immediate))
            v.Error(VectorCodes.Immediate, $"{name} is {Text(operand)}, must be an integer of {int.MinValue} to {uint.MaxValue}: {opName} is {op.Name()}");
    }

    private static void Available(Verifier v, Engine engine, string name, AluOp op)
    {
        if (op is (AluOp.AbsMax or AluOp.AbsMin) && v.Chip.Generation < FirstGenerationWithMagnitudes)
        {
            v.Error(VectorCodes.Operator, $"{name} is {op.Name()}, which needs generation {FirstGenerationWithMagnitudes}, chip "
                + $"{v.Chip.Name} is generation {v.Chip.Generation}");
        }

        if (engine == Engine.Vector && op is (AluOp.Power or AluOp.Rsqrt))
            v.Error(VectorCodes.Operator, $"{name} is {op.Name()}, which the Vector engine does not have: GpSimd has it");
        if (engine == Engine.GpSimd && op.IsBitwise())
            v.Error(VectorCodes.Operator, $"{name} is {op.Name()}, which the GpSimd engine does not have: Vector has it");
    }

    private static string Text(in ScalarOperand operand) =>
        operand.Column is null ? FormattableString.Invariant($"{operand.Immediate}") : "a column";
}
