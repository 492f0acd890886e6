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
        "TRN2253", "sum of an activation", "The accumulate registers take in results by reduce_op when reduce_cmd says so; activation "
        + "and activation_reduce know add only.",
        "Pass reduce_op=add with reduce_cmd=reduce or reset_reduce; activate2 also has maximum, minimum, abs_max and abs_min.");

    /// <summary>A pair of operators that activate2 does not have.</summary>
    public static readonly DiagnosticCode Operators = new(
        "TRN2254", "operators before an activation", "Before the function activate2 multiplies and then adds or subtracts, or does one of "
        + "the three, or none.",
        "Use one of the six pairs of op0 and op1; bypass stands for none.");
}
