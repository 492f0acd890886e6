using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Passes;

/// <summary>What the passes can find (TRN40xx).</summary>
public static class PassCodes
{
    /// <summary>More live bytes than the memory has.</summary>
    public static readonly DiagnosticCode Capacity = new(
        "TRN4001", "memory is full", "A tensor holds its bytes from the first operation that touches it to the last, on all "
        + "partitions from 0; a PSUM tensor holds whole banks. SBUF tensors that are not needed for a while go to HBM "
        + "and back "
        + "(TRN4004), unless they are pinned or not wholly written; DMA does not reach PSUM.",
        "Use smaller tiles, make a tensor later or use it for the last time earlier, or choose a chip with more memory.");

    /// <summary>Live tensors that do not fit, of which some go to HBM for a while.</summary>
    public static readonly DiagnosticCode Spill = new(
        "TRN4004", "spill", "Where the live SBUF tensors do not fit, those that are needed again last are stored in HBM "
            + "and loaded before "
        + "they are needed. Results are the same; the DMA takes time.",
        "Use smaller tiles, make a tensor later or use it for the last time earlier, or choose a chip with more SBUF. "
        + "`trnemu compile TARGET --dump-after allocate` shows the DMA: tensors NAME.spilled and NAME.reloaded.");

    /// <summary>A tensor whose address is outside its memory.</summary>
    public static readonly DiagnosticCode Address = new(
        "TRN4002", "address", "A tensor with an address of its own must lie inside the memory.",
        "Give a smaller address, or none: the compiler then finds a place.");

    /// <summary>A core that reaches into the memory of another.</summary>
    public static readonly DiagnosticCode OtherCore = new(
        "TRN4003", "memory of another core", "Each core has an SBUF and a PSUM of its own; what cores share lies in HBM.",
        "Give the tensor to the core that uses it, and pass data between cores through HBM.");
}
