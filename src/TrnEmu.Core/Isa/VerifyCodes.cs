using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa;

/// <summary>Why an operation is refused, for reasons that many operations share (TRN20xx).</summary>
public static class VerifyCodes
{
    /// <summary>The operation does not exist on this generation.</summary>
    public static readonly DiagnosticCode Generation = new(
        "TRN2001", "not on this chip", "The operation came with a later NeuronCore generation.",
        "Choose a newer chip, or another operation; `trnemu isa NAME` says which chips have it.");

    /// <summary>The engine cannot execute the operation.</summary>
    public static readonly DiagnosticCode Engine = new(
        "TRN2002", "wrong engine", "Each engine executes its own part of the instruction set.",
        "Leave the engine out, so that the compiler chooses one, or name one that `trnemu isa NAME` lists.");

    /// <summary>An operand lies in a memory that the operation cannot reach.</summary>
    public static readonly DiagnosticCode Space = new(
        "TRN2003", "wrong memory", "Engines reach SBUF and PSUM, not HBM; DMA reaches HBM and SBUF, not PSUM.",
        "Move the data first: dma_copy between HBM and SBUF, tensor_copy between SBUF and PSUM.");

    /// <summary>An operand has a dtype that the operation does not take.</summary>
    public static readonly DiagnosticCode DType = new(
        "TRN2004", "wrong dtype", "The engine's datapath does not read or write this type here.",
        "Convert with tensor_copy, or declare the tensor with an accepted type.");

    /// <summary>A static pattern reaches outside its tensor.</summary>
    public static readonly DiagnosticCode Bounds = new(
        "TRN2005", "access out of bounds", "The pattern's last element lies behind the end of the tensor.",
        "Shorten the slice; shapes that are no multiple of the tile size need a smaller last tile.");

    /// <summary>More than 128 partitions, or none.</summary>
    public static readonly DiagnosticCode Partitions = new(
        "TRN2006", "partition count", "SBUF and PSUM have 128 partitions, and every lane works on one.",
        "Split the work into tiles of at most 128 partitions.");

    /// <summary>The first partition is not one that the engines can start at.</summary>
    public static readonly DiagnosticCode StartPartition = new(
        "TRN2007", "start partition", "Engines reach partitions in groups of 32: 65 to 128 partitions start at 0, 33 to 64 at "
        + "0 or 64, up to 32 at 0, 32, 64 or 96.",
        "Place the data at such a partition; DMA can move it there.");

    /// <summary>Operands do not fit each other.</summary>
    public static readonly DiagnosticCode Shape = new(
        "TRN2008", "shapes do not match", "Each lane produces one result for each element it reads, in pattern order.",
        "Slice or broadcast the operands to the same partitions and free elements.");

    /// <summary>A parameter has a value that the operation does not take.</summary>
    public static readonly DiagnosticCode Parameter = new(
        "TRN2009", "parameter out of range", "The instruction cannot encode this value or combination.",
        "See `trnemu isa NAME` for what is accepted.");

    /// <summary>An operand is longer than the engine can stream in one instruction.</summary>
    public static readonly DiagnosticCode FreeSize = new(
        "TRN2010", "free size", "An instruction streams a limited number of elements in each partition.",
        "Split the work along the free dimension.");

    /// <summary>A pattern with a dynamic offset where the operation takes none.</summary>
    public static readonly DiagnosticCode Dynamic = new(
        "TRN2011", "dynamic offset", "Only some operands can be moved by a register or an index tensor.",
        "Use dma_copy to bring the data to a static place first.");

    /// <summary>A pattern with a stride that an engine's instruction cannot hold.</summary>
    public static readonly DiagnosticCode Stride = new(
        "TRN2012", "stride of a pattern", "An engine's instruction keeps each stride of an access pattern in 16 bits.",
        "Lay the tensor out so that the rows lie closer together, or work on them one after the other.");

    /// <summary>The public documents do not say what the chip does here.</summary>
    public static readonly DiagnosticCode MissingSpecification = new(
        "TRN2099", "missing specification", "The public documents leave this corner open, and a guess would look like knowledge.",
        "Use another form; `trnemu isa --gaps` lists what is open, and what the emulator does about it.");
}
