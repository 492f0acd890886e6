using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>Why an operation of GpSimd's programs, or a random one, is refused (TRN231x).</summary>
public static class GpSimdCodes
{
    /// <summary>Partitions that are no whole GpSimd cores.</summary>
    public static readonly DiagnosticCode Cores = new(
        "TRN2310", "partitions of GpSimd cores", "Each of GpSimd's eight cores works on 16 neighbouring partitions together.",
        "Use a multiple of 16 partitions.");

    /// <summary>A count that the operation does not take.</summary>
    public static readonly DiagnosticCode Count = new(
        "TRN2311", "count out of range", "The program on the GpSimd cores has fixed limits for its counts.",
        "Use a count within the limits, or split the work.");

    /// <summary>Result and source share bytes.</summary>
    public static readonly DiagnosticCode Overlap = new(
        "TRN2312", "result overlaps a source", "Elements are read in an order of their own, some more than once: a result in the same bytes "
        + "could come before a later read.",
        "Write to other bytes.");

    /// <summary>The bounds of a random distribution are no interval.</summary>
    public static readonly DiagnosticCode Interval = new(
        "TRN2313", "empty interval", "Uniform numbers need min below max, both finite.",
        "Give min < max.");

    /// <summary>A random state of another size.</summary>
    public static readonly DiagnosticCode State = new(
        "TRN2314", "size of a random state", "A lane's state is 6 words on GpSimd and 4 times 6 on Vector.",
        "Give one row of 6 (GpSimd) or 24 (Vector) uint32 for each lane.");
}
