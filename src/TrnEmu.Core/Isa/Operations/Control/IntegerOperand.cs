namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>A 32-bit integer operand: an immediate, or the value of a register.</summary>
/// <param name="Value">The immediate; 0 when there is a register.</param>
/// <param name="Register">The register, or null.</param>
public readonly record struct IntegerOperand(int Value, Register? Register)
{
    /// <summary>An immediate.</summary>
    public static implicit operator IntegerOperand(int value) => new(value, null);

    /// <summary>A register.</summary>
    public static implicit operator IntegerOperand(Register register) => new(0, register);

    /// <summary>An immediate, for languages without conversion operators.</summary>
    public static IntegerOperand FromInt32(int value) => value;

    /// <summary>A register, for languages without conversion operators.</summary>
    public static IntegerOperand FromRegister(Register register) => register;
}
