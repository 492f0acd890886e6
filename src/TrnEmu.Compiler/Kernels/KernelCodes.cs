using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Kernels;

/// <summary>What can be wrong with the choice of a kernel (TRN42xx).</summary>
public static class KernelCodes
{
    /// <summary>No kernel of that name.</summary>
    public static readonly DiagnosticCode Unknown = new(
        "TRN4201", "unknown kernel", "Kernels are found by the name in their [Kernel] attribute.", "`trnemu kernels` lists them.");

    /// <summary>No case of that name.</summary>
    public static readonly DiagnosticCode Case = new(
        "TRN4202", "unknown case", "Each kernel names the cases it is tested with.", "`trnemu kernels NAME` lists them.");

    /// <summary>No dimension of that name, or a size outside its limits.</summary>
    public static readonly DiagnosticCode Dimension = new(
        "TRN4203", "dimension of a kernel", "A kernel's shapes follow from the sizes of its named dimensions.",
        "`trnemu kernels NAME` lists them with their defaults.");
}
