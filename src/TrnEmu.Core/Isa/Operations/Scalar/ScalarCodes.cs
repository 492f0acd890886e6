using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>Why an activation is refused (TRN225x).</summary>
public static class ScalarCodes
{
    /// <summary>A bias that this generation does not take.</summary>
    public static readonly DiagnosticCode Bias = new(
        "TRN2252", "bias of an activation", "Generation 2 reads the bias from a column [P, 1] and has none for reciprocal; later ones also "
        + "take a constant.",
        "Fill a column with memset and pass it.");

    /// <summary>Parameters of the sum that do not fit each other.</summary>
    public static readonly DiagnosticCode Reduction = new(
        "TRN2253", "sum of an activation", "The accumulate registers add up results; reduce_cmd says when, and add is their only operator.",
        "Pass reduce_op=add with reduce_cmd=reduce or reset_reduce.");
}
