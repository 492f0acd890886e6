using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>
/// A scalar operand of an engine: an immediate for all partitions, or one value for each partition from a
/// <c>[P, 1]</c> column in SBUF or PSUM. The chip's immediates have 32 bits: an fp32 number for arithmetic, an integer
/// for bitwise operators.
/// </summary>
/// <param name="Immediate">
/// The immediate: an integer of int32 or uint32 as it is, any other number rounded to fp32. 0 when there is a column.
/// </param>
/// <param name="Column">The column, or null.</param>
public readonly record struct ScalarOperand(double Immediate, AccessPattern? Column)
{
    /// <summary>The immediate: an integer of 32 bits, or an fp32 number.</summary>
    public double Immediate { get; } = IsWord(Immediate) ? Immediate : (float)Immediate;

    /// <summary>The immediate as arithmetic sees it: fp32.</summary>
    public float Value => (float)Immediate;

    /// <summary>An immediate.</summary>
    public static implicit operator ScalarOperand(double immediate) => new(immediate, null);

    /// <summary>A column.</summary>
    public static implicit operator ScalarOperand(AccessPattern column) => new(0, column);

    /// <summary>An immediate, for languages without conversion operators.</summary>
    public static ScalarOperand FromDouble(double immediate) => immediate;

    /// <summary>A column, for languages without conversion operators.</summary>
    public static ScalarOperand FromAccessPattern(AccessPattern column) => column;

    /// <summary>True for the integers that 32 bits hold, signed or not.</summary>
    internal static bool IsWord(double value) => double.IsInteger(value) && value is >= int.MinValue and <= uint.MaxValue;
}
