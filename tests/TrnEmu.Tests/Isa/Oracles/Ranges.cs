using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>The valid arguments of activation functions, as the documents' table has them.</summary>
internal static class Ranges
{
    private const double HalfPi = 1.57079637050628662109375;

    /// <summary>True where the table has a range narrower than all numbers that is not extrapolated.</summary>
    public static bool IsLimited(ActivationFunction function) => function is ActivationFunction.Log or ActivationFunction.Sqrt
        or ActivationFunction.Rsqrt or ActivationFunction.Reciprocal or ActivationFunction.Arctan;

    /// <summary>True within the range, ends included.</summary>
    public static bool Has(ActivationFunction function, double x) => function switch
    {
        ActivationFunction.Log => x >= Math.Pow(2, -64) && x <= Math.Pow(2, 64),
        ActivationFunction.Sqrt => x >= Math.Pow(2, -116) && x <= Math.Pow(2, 118),
        ActivationFunction.Rsqrt => x >= Math.Pow(2, -87) && x <= Math.Pow(2, 97),
        ActivationFunction.Reciprocal => Math.Abs(x) >= Math.Pow(2, -42) && Math.Abs(x) <= Math.Pow(2, 42),
        ActivationFunction.Arctan => Math.Abs(x) <= HalfPi,
        _ => true,
    };

    /// <summary>In strict mode each argument lies in the range, or is no number.</summary>
    /// <exception cref="OracleFault">One does not.</exception>
    public static void Check(OracleMachine machine, ActivationFunction function, IEnumerable<float> arguments)
    {
        if (machine.Arithmetic.IsStrict && arguments.Any(x => !float.IsNaN(x) && !Has(function, x)))
            throw new OracleFault(FaultCodes.ActivationRange);
    }
}
