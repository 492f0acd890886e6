using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Eager;

/// <summary>What an eager run can find beside what verification, execution and passes find (TRN43xx).</summary>
public static class EagerCodes
{
    /// <summary>An iteration that is not like the first.</summary>
    public static readonly DiagnosticCode Iteration = new(
        "TRN4301", "iteration that differs from the first",
        "A loop on the device executes the same instructions in each iteration; only registers differ.",
        "Let the body depend on registers and on nothing else that changes, or use a range that unrolls (nl.static_range, range).");

    /// <summary>A loop that has not ended.</summary>
    public static readonly DiagnosticCode Open = new(
        "TRN4303", "loop that was left", "A loop on the device ends when its condition says so.",
        "Do not leave the body of a device loop by break, return or an exception.");

    /// <summary>A copy of the host that no tensor has the elements for.</summary>
    public static readonly DiagnosticCode HostCopy = new(
        "TRN4304", "elements for the host", "The host reads and writes elements of a tensor at fixed addresses.",
        "Read the tensor as a whole.");
}

/// <summary>Makes the exceptions of an eager run.</summary>
internal static class EagerFaults
{
    /// <summary>Something that is wrong before anything runs.</summary>
    public static TrnException Bad(DiagnosticCode code, string message, SourceSpan where, params DiagnosticNote[] notes) =>
        new(FailureKind.BadInput, Diagnostic.Error(code, message, where, notes));

    /// <summary>Something that only running finds.</summary>
    public static TrnException Fault(DiagnosticCode code, string message, SourceSpan where, params DiagnosticNote[] notes) =>
        new(FailureKind.Fault, Diagnostic.Error(code, message, where, notes));
}
