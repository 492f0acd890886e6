using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.FrontEnd;

/// <summary>What a kernel can do wrong while it is traced (TRN41xx); always at the kernel's own line.</summary>
public static class FrontEndCodes
{
    /// <summary>An index or range outside the view.</summary>
    public static readonly DiagnosticCode Slice = new(
        "TRN4101", "slice out of range", "A view addresses elements of its tensor only.",
        "Shorten the range: the last tile of a dimension that is no multiple of the tile size is smaller.");

    /// <summary>A view of this shape cannot be made of that one.</summary>
    public static readonly DiagnosticCode Shape = new(
        "TRN4102", "view of another shape", "A view renames elements without moving them, and partitions stay partitions.",
        "Copy to a tensor of the wanted shape, or move data between partitions with a transpose or a DMA.");

    /// <summary>A view needs more levels than an access pattern has.</summary>
    public static readonly DiagnosticCode Levels = new(
        "TRN4103", "access pattern", "An access pattern has partitions and four [stride, count] levels, with 32-bit strides.",
        "Issue the operation for each index of one dimension.");

    /// <summary>A tensor that cannot exist.</summary>
    public static readonly DiagnosticCode Tensor = new(
        "TRN4104", "tensor declaration", "A tensor has a name, at least one extent, no empty extent, and at most 128 partitions on chip.",
        "Declare tiles of at most 128 partitions; names are letters, digits, '_' and '.', and do not start with a digit.");

    /// <summary>An index that is known only while running, where none can be.</summary>
    public static readonly DiagnosticCode Dynamic = new(
        "TRN4105", "dynamic index", "An address has one dynamic part: a register or [1,1] tensor times a free dimension's stride, or "
        + "one row index for each partition of an HBM tensor.",
        "Use an int32 or uint32 index in SBUF or a register, and at most one for each operand.");

    /// <summary>More operations than a kernel may have.</summary>
    public static readonly DiagnosticCode TooLong = new(
        "TRN4106", "kernel too long", "Loops of a kernel unroll while it is recorded; one without end would take all memory.",
        "End the loop, or raise --max-instructions.");
}
