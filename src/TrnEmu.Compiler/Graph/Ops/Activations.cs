namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>Activation functions in fp64, under the names that the instruction set has for them.</summary>
internal static class Activations
{
    private static readonly Dictionary<string, Func<double, double>> Functions = new()
    {
        ["copy"] = static x => x,
        ["relu"] = static x => Math.Max(x, 0),
        ["sigmoid"] = Sigmoid,
        ["silu"] = static x => x * Sigmoid(x),
        ["tanh"] = Math.Tanh,
        ["gelu"] = static x => x / 2 * (1 + Erf(x / Math.Sqrt(2))),
        ["gelu_apprx_tanh"] = static x => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
        ["gelu_apprx_sigmoid"] = static x => x * Sigmoid(1.702 * x),
    };

    /// <summary>The function, or null when there is none of that name.</summary>
    public static Func<double, double>? Find(string name) => Functions.GetValueOrDefault(name);

    /// <summary>Checks that an attribute names one.</summary>
    public static bool Check(GraphCall call, string attribute) => call.Require(
        Functions.ContainsKey(call.Word(attribute)),
        $"{attribute} is {call.Word(attribute)}, expected one of {string.Join(", ", Functions.Keys)}");

    /// <summary>1 / (1 + e^-x)</summary>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>
    /// erf(x) = 2 / sqrt(pi) * exp(-x^2) * sum of x * (2 x^2)^n / (1 * 3 * … * (2n + 1)): all terms have one sign, so
    /// that nothing cancels; beyond 6 it is 1 to within fp64.
    /// </summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) > 6) return Math.Sign(x);
        double term = x, sum = x;
        for (var n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++) sum += term *= 2 * x * x / (2 * n + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
