using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>Why a register operation is refused (TRN245x).</summary>
public static class RegisterCodes
{
    /// <summary>A register number below 0, or beyond all that a program can need.</summary>
    public static readonly DiagnosticCode Number = new(
        "TRN2450", "register number", "Registers are numbered from 0; a core's state holds 2^20 of them.",
        "Use a register that register_alloc made.");

    /// <summary>More or fewer than one element for a register.</summary>
    public static readonly DiagnosticCode OneElement = new(
        "TRN2451", "one element for a register", "A register holds one value of 32 bits.",
        "Slice the tensor to one element.");
}
