using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>
/// A scalar operand of an engine: an immediate fp32 value for all partitions, or one value for each partition from a
/// <c>[P, 1]</c> column in SBUF or PSUM.
/// </summary>
/// <param name="Value">The immediate; 0 when there is a column.</param>
/// <param name="Column">The column, or null.</param>
public readonly record struct ScalarOperand(float Value, AccessPattern? Column)
{
    /// <summary>An immediate.</summary>
    public static implicit operator ScalarOperand(float value) => new(value, null);

    /// <summary>A column.</summary>
    public static implicit operator ScalarOperand(AccessPattern column) => new(0, column);

    /// <summary>An immediate, for languages without conversion operators.</summary>
    public static ScalarOperand FromSingle(float value) => value;

    /// <summary>A column, for languages without conversion operators.</summary>
    public static ScalarOperand FromAccessPattern(AccessPattern column) => column;
}
