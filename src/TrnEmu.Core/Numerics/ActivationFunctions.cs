using TrnEmu.Core.Numerics.Functions;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics;

/// <summary>Names of activation functions, and the operator behind each.</summary>
public static class ActivationFunctions
{
    private static readonly string[] Names =
    [
        "copy", "identity", "exp", "log", "square", "sqrt", "rsqrt", "reciprocal", "abs", "sign", "relu", "sigmoid",
        "tanh", "silu", "gelu", "gelu_apprx_tanh", "gelu_apprx_sigmoid", "erf", "softplus", "sin", "cos", "arctan",
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

    /// <summary>Calls the visitor with the function's operator: the one place where they meet.</summary>
    internal static void Visit<TVisitor>(this ActivationFunction function, ref TVisitor visitor)
        where TVisitor : struct, IUnaryVisitor, allows ref struct
    {
        switch (function)
        {
            case ActivationFunction.Copy or ActivationFunction.Identity: visitor.Visit<Identity>(); break;
            case ActivationFunction.Exp: visitor.Visit<Exp>(); break;
            case ActivationFunction.Log: visitor.Visit<Log>(); break;
            case ActivationFunction.Square: visitor.Visit<Square>(); break;
            case ActivationFunction.Sqrt: visitor.Visit<Sqrt>(); break;
            case ActivationFunction.Rsqrt: visitor.Visit<Rsqrt>(); break;
            case ActivationFunction.Reciprocal: visitor.Visit<Reciprocal>(); break;
            case ActivationFunction.Abs: visitor.Visit<Abs>(); break;
            case ActivationFunction.Sign: visitor.Visit<Sign>(); break;
            case ActivationFunction.Relu: visitor.Visit<Relu>(); break;
            case ActivationFunction.Sigmoid: visitor.Visit<Sigmoid>(); break;
            case ActivationFunction.Tanh: visitor.Visit<Tanh>(); break;
            case ActivationFunction.Silu: visitor.Visit<Gated<SiluGate>>(); break;
            case ActivationFunction.Gelu: visitor.Visit<Gelu>(); break;
            case ActivationFunction.GeluApprxTanh: visitor.Visit<Gated<GeluTanhGate>>(); break;
            case ActivationFunction.GeluApprxSigmoid: visitor.Visit<Gated<GeluSigmoidGate>>(); break;
            case ActivationFunction.Erf: visitor.Visit<Erf>(); break;
            case ActivationFunction.Softplus: visitor.Visit<Softplus>(); break;
            case ActivationFunction.Sin: visitor.Visit<Sin>(); break;
            case ActivationFunction.Cos: visitor.Visit<Cos>(); break;
            case ActivationFunction.Arctan: visitor.Visit<Arctan>(); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, null);
        }
    }
}
