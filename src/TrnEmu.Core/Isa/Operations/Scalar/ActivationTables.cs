using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>
/// Which function table an activation needs. The documents say that tables are loaded in sets and that simple functions
/// need none, not which functions share a set; here one set holds functions that are made of the same exponential, root
/// or angle.
/// </summary>
internal static class ActivationTables
{
    /// <summary>Number of the set, from 1; 0 for functions without a table.</summary>
    public static byte SetOf(ActivationFunction function) => function switch
    {
        ActivationFunction.Exp => 1,
        ActivationFunction.Gelu or ActivationFunction.GeluDx or ActivationFunction.GeluApprxTanh
            or ActivationFunction.GeluApprxSigmoid or ActivationFunction.GeluApprxSigmoidDx or ActivationFunction.Erf
            or ActivationFunction.ErfDx => 2,
        ActivationFunction.Silu or ActivationFunction.SiluDx or ActivationFunction.Sigmoid => 3,
        ActivationFunction.Tanh => 4,
        ActivationFunction.Log or ActivationFunction.Softplus or ActivationFunction.Mish => 5,
        ActivationFunction.Sqrt or ActivationFunction.Rsqrt or ActivationFunction.Reciprocal => 6,
        ActivationFunction.Sin or ActivationFunction.Arctan => 7,
        _ => 0,
    };

    /// <summary>How an activation of the function is priced.</summary>
    public static CostClass ClassOf(ActivationFunction function) =>
        SetOf(function) == 0 ? CostClass.Activate : CostClass.ActivateTable;
}
