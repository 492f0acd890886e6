using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Passes;

/// <summary>What the passes can find (TRN40xx).</summary>
public static class PassCodes
{
    /// <summary>More live bytes than the memory has.</summary>
    public static readonly DiagnosticCode Capacity = new(
        "TRN4001", "memory is full", "A tensor holds its bytes from the first operation that touches it to the last, on all "
        + "partitions from 0; a PSUM tensor holds whole banks.",
        "Use smaller tiles, make a tensor later or use it for the last time earlier, or choose a chip with more memory.");

    /// <summary>A pinned tensor outside its memory.</summary>
    public static readonly DiagnosticCode Pinned = new(
        "TRN4002", "pinned address", "A tensor with an address of its own must lie inside the memory.",
        "Give a smaller address, or none: the compiler then finds a place.");
}
