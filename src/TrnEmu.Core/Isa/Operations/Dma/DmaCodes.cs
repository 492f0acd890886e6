using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>Why a DMA is refused (TRN240x).</summary>
public static class DmaCodes
{
    /// <summary>Source and destination have different numbers of elements.</summary>
    public static readonly DiagnosticCode Elements = new(
        "TRN2401", "number of elements", "A DMA writes one element for each that it reads, in pattern order.",
        "Slice both sides to the same number of elements; the shapes may differ.");

    /// <summary>A descriptor generation mode that the chip or engine lacks.</summary>
    public static readonly DiagnosticCode Generator = new(
        "TRN2402", "descriptor generator",
        "Hardware descriptor generation came with generation 3 and is reached from the Sync and Scalar queues only.",
        "Leave dge_mode out, or trigger the DMA from Sync or Scalar.");

    /// <summary>A dynamic address or conversion that the descriptor mode cannot do.</summary>
    public static readonly DiagnosticCode GeneratorLimit = new(
        "TRN2403", "beyond the descriptor mode",
        "Descriptors from the host are static; the hardware generator neither converts dtypes nor gathers rows.",
        "Leave dge_mode out: software descriptor generation can do all of it.");

    /// <summary>A gather or scatter whose index is not on one side, in HBM.</summary>
    public static readonly DiagnosticCode Rows = new(
        "TRN2404", "gather or scatter", "An index tensor moves whole rows of an HBM tensor, one row for each index.",
        "Index the HBM side only, by one index for each row.");

    /// <summary>The index of a dynamic address cannot be read.</summary>
    public static readonly DiagnosticCode Index = new(
        "TRN2405", "index of a dynamic address",
        "Index tensors are columns of int32 or uint32 in SBUF: one element, or one for each row that is moved.",
        "Bring the indices to SBUF as int32 or uint32.");

    /// <summary>Element size that transposing DMA does not take.</summary>
    public static readonly DiagnosticCode TransposeDType = new(
        "TRN2406", "dtype of a DMA transpose", "DMA transposes elements of 2 and 4 bytes.",
        "Convert the data first, or use nc_transpose.");

    /// <summary>A shape that the descriptor mode does not transpose.</summary>
    public static readonly DiagnosticCode TransposeShape = new(
        "TRN2407", "shape of a DMA transpose",
        "Hardware descriptors transpose 16 rows of at most 128 elements of 2 bytes, or fewer rows of several dimensions; gathered rows "
        + "come in multiples of 16.",
        "Leave dge_mode out: the compiler splits other shapes. Pad gathered rows.");

    /// <summary>A destination that names an element twice.</summary>
    public static readonly DiagnosticCode Repeated = new(
        "TRN2408", "element written twice", "Sixteen DMA engines write at once, in no order: which value stays would depend on timing.",
        "Let the destination's strides step over what its inner levels reach.");

    /// <summary>A destination that shares bytes with a source.</summary>
    public static readonly DiagnosticCode Overlap = new(
        "TRN2409", "source and destination overlap",
        "Sixteen DMA engines read and write at once, in no order: what one reads another may have overwritten.",
        "Copy through a tensor of its own, or to exactly the same elements.");

    /// <summary>Sources, operator or factors that DMA engines do not add up.</summary>
    public static readonly DiagnosticCode Sum = new(
        "TRN2410", "sum by DMA", "DMA engines add 1 to 16 sources, each with factor 1.",
        "Use Vector or GpSimd for other operators and factors, and several sums for more sources.");

    /// <summary>An indexed sum that does not read, add to and write the same rows.</summary>
    public static readonly DiagnosticCode InPlaceSum = new(
        "TRN2411", "indexed sum by DMA",
        "With an index tensor a DMA adds in place: a tile of SBUF to rows of HBM, or rows of HBM to a tile of SBUF, each row once.",
        "Give two sources, one of them dst itself, the index on the HBM side, and no row twice.");

    /// <summary>A priority that there is not.</summary>
    public static readonly DiagnosticCode Priority = new(
        "TRN2412", "priority of a DMA", "From generation 4 on a DMA has a priority, 0 (first) to 3.",
        "Leave the priority out, or choose a newer chip.");
}
