using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// Why an element-wise operation is refused (TRN22xx), whichever of Vector, Scalar and GpSimd executes it.
/// </summary>
public static class VectorCodes
{
    /// <summary>Both tensor operands lie in PSUM.</summary>
    public static readonly DiagnosticCode BothPsum = new(
        "TRN2201", "two operands in PSUM", "The engines have one read port into PSUM: one of two input tensors comes from SBUF.",
        "Copy one operand to SBUF with tensor_copy first.");

    /// <summary>An operator that the operation, the engine or the generation does not have.</summary>
    public static readonly DiagnosticCode Operator = new(
        "TRN2202", "operator not available", "Each operation computes a part of the ALU operators, and some engines and "
        + "generations fewer of them.",
        "See `trnemu isa NAME`; a division is a multiplication by a reciprocal.");

    /// <summary>A bitwise operator meets other types than integers of one size.</summary>
    public static readonly DiagnosticCode Bits = new(
        "TRN2203", "bitwise operands", "Bitwise operators work on the bits as they are: integers of one size in and out, nothing "
        + "is converted.",
        "Read the bytes as integers of that size, or convert first with tensor_copy.");

    /// <summary>One operator is bitwise, the other arithmetic.</summary>
    public static readonly DiagnosticCode Mixed = new(
        "TRN2204", "bitwise and arithmetic operators", "One instruction treats its data either as bits or as numbers.",
        "Split it into two operations.");

    /// <summary>A unary operator was given an operand.</summary>
    public static readonly DiagnosticCode Unary = new(
        "TRN2205", "operand of a unary operator", "Operators such as abs and rsqrt read the data alone.",
        "Pass 0 as the operand.");

    /// <summary>The destination covers a part of a source.</summary>
    public static readonly DiagnosticCode Overlap = new(
        "TRN2206", "partial overlap", "Elements stream through the engine: an overlapping write may come before the read of the "
        + "same bytes. Only the very same elements can be updated in place.",
        "Write to other bytes, or use one pattern for both.");

    /// <summary>Axes that tensor_reduce cannot reduce.</summary>
    public static readonly DiagnosticCode Axis = new(
        "TRN2207", "reduction axes", "tensor_reduce folds the innermost free axes of its data, as they follow one another in the "
        + "stream; partitions are other lanes.",
        "Name trailing axes as [-1], [-2,-1], …; permute the view first where another axis is meant.");

    /// <summary>A value that the destination's dtype cannot hold.</summary>
    public static readonly DiagnosticCode Value = new(
        "TRN2208", "value out of range", "Integers take whole numbers of their range.",
        "Use a value that the dtype holds, or another dtype.");

    /// <summary>An immediate mask or shift that is no integer of 32 bits.</summary>
    public static readonly DiagnosticCode Immediate = new(
        "TRN2209", "immediate of a bitwise operator", "An immediate has 32 bits, which bitwise operators read as an integer, signed or not.",
        "Write a whole number that 32 bits hold.");

    /// <summary>The destination of a predicated write names an element twice.</summary>
    public static readonly DiagnosticCode Repeated = new(
        "TRN2210", "repeated destination", "Where one element is written twice, an element that keeps its value and one that "
        + "changes would be the same.",
        "Use a destination without stride 0.");

    /// <summary>What the accumulate registers do does not fit the operation or its other parameters.</summary>
    public static readonly DiagnosticCode Accumulator = new(
        "TRN2211", "accumulate registers", "Each operation drives Vector's accumulate registers in some ways only, with some operators; "
        + "a register is loaded by load_reduce alone.",
        "See `trnemu isa NAME` for the reduce_cmd and operators that it takes.");
}
