namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>What the documents leave open about the ALU operators.</summary>
public static class AluGaps
{
    private const string Subject = Gap.AluOperators;

    /// <summary>bypass outside of activate2.</summary>
    public static readonly Gap Bypass = new(
        Subject, "bypass is said to skip a stage of tensor-scalar instructions, but it is missing in the table of operators that they take",
        Gap.Refused);

    /// <summary>A reduction that is not associative.</summary>
    public static readonly Gap Subtraction = new(
        Subject, "subtract is called a legal reduction; from what it subtracts, and in which order, is not said", Gap.Refused);

    /// <summary>Which engine and generation has which operator.</summary>
    public static readonly Gap Availability = new(
        Subject, "only abs_max and abs_min have a first generation (4), and the table of operators has no engines",
        "every generation has the others; Vector has all but power and rsqrt, which GpSimd has, and GpSimd all that are not bitwise");

    /// <summary>Operands that are no truth values.</summary>
    public static readonly Gap Truth = new(
        Subject, "what logical operators make of other values than 0 and 1", "a value is true when it is not 0, so NaN is true");

    /// <summary>Shifts by the width or more.</summary>
    public static readonly Gap Shift = new(
        Subject, "what a shift by 32 or more, or by a negative number, gives; and which bits above a narrow element the first of two "
        + "bitwise operators passes to the second", "0; all that 32 bits hold, read from zeros above the element");

    /// <summary>Integer powers below 0.</summary>
    public static readonly Gap Power = new(
        Subject, "what power gives on 32-bit integers where the exponent is negative",
        "what fp32 gives: the power rounded to nearest even, 2147483647 for 0");
}
