using TrnEmu.Core.Numerics.Functions;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics;

/// <summary>Names of activation functions, and the operator behind each.</summary>
public static class ActivationFunctions
{
    private static readonly string[] Names =
    [
        "copy", "exp", "log", "square", "sqrt", "rsqrt", "reciprocal", "abs", "sign", "relu", "prelu", "sigmoid", "tanh",
        "silu", "silu_dx", "gelu", "gelu_dx", "gelu_apprx_tanh", "gelu_apprx_sigmoid", "gelu_apprx_sigmoid_dx", "erf",
        "erf_dx", "softplus", "mish", "sin", "arctan",
    ];

    /// <summary>The name in nki.language.</summary>
    public static string Name(this ActivationFunction function) => Names[(int)function];

    /// <summary>Finds a function by <see cref="Name"/>; false when there is none of that name.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out ActivationFunction function)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (!name.SequenceEqual(Names[i])) continue;
            function = (ActivationFunction)i;
            return true;
        }

        function = default;
        return false;
    }

    /// <summary>
    /// Calls the visitor with the function's operator, f(x, parameter): the one place where they meet. Only prelu looks
    /// at its parameter.
    /// </summary>
    internal static void Visit<TVisitor>(this ActivationFunction function, ref TVisitor visitor)
        where TVisitor : struct, IBinaryVisitor, allows ref struct
    {
        switch (function)
        {
            case ActivationFunction.Copy: visitor.Visit<First<Identity>>(); break;
            case ActivationFunction.Exp: visitor.Visit<First<Exp>>(); break;
            case ActivationFunction.Log: visitor.Visit<First<Log>>(); break;
            case ActivationFunction.Square: visitor.Visit<First<Square>>(); break;
            case ActivationFunction.Sqrt: visitor.Visit<First<Sqrt>>(); break;
            case ActivationFunction.Rsqrt: visitor.Visit<First<Rsqrt>>(); break;
            case ActivationFunction.Reciprocal: visitor.Visit<First<Reciprocal>>(); break;
            case ActivationFunction.Abs: visitor.Visit<First<Abs>>(); break;
            case ActivationFunction.Sign: visitor.Visit<First<Sign>>(); break;
            case ActivationFunction.Relu: visitor.Visit<First<Relu>>(); break;
            case ActivationFunction.Prelu: visitor.Visit<Prelu>(); break;
            case ActivationFunction.Sigmoid: visitor.Visit<First<Sigmoid>>(); break;
            case ActivationFunction.Tanh: visitor.Visit<First<Tanh>>(); break;
            case ActivationFunction.Silu: visitor.Visit<First<Gated<SiluGate>>>(); break;
            case ActivationFunction.SiluDx: visitor.Visit<First<SiluDx<SiluArgument>>>(); break;
            case ActivationFunction.Gelu: visitor.Visit<First<Gelu>>(); break;
            case ActivationFunction.GeluDx: visitor.Visit<First<GeluDx>>(); break;
            case ActivationFunction.GeluApprxTanh: visitor.Visit<First<Gated<GeluTanhGate>>>(); break;
            case ActivationFunction.GeluApprxSigmoid: visitor.Visit<First<Gated<GeluSigmoidGate>>>(); break;
            case ActivationFunction.GeluApprxSigmoidDx: visitor.Visit<First<SiluDx<GeluSigmoidArgument>>>(); break;
            case ActivationFunction.Erf: visitor.Visit<First<Erf>>(); break;
            case ActivationFunction.ErfDx: visitor.Visit<First<ErfDx>>(); break;
            case ActivationFunction.Softplus: visitor.Visit<First<Softplus>>(); break;
            case ActivationFunction.Mish: visitor.Visit<First<Mish>>(); break;
            case ActivationFunction.Sin: visitor.Visit<First<Sin>>(); break;
            case ActivationFunction.Arctan: visitor.Visit<First<Arctan>>(); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, null);
        }
    }
}
