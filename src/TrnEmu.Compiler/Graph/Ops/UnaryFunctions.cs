namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>Functions of one number, in fp64 and on integers.</summary>
internal static class UnaryFunctions
{
    private static readonly Dictionary<string, Func<double, double>> Floats = new()
    {
        ["abs"] = Math.Abs,
        ["neg"] = static x => -x,
        ["sign"] = static x => double.IsNaN(x) ? x : Math.Sign(x),
        ["exp"] = Math.Exp,
        ["log"] = Math.Log,
        ["sqrt"] = Math.Sqrt,
        ["rsqrt"] = static x => 1 / Math.Sqrt(x),
        ["reciprocal"] = static x => 1 / x,
        ["square"] = static x => x * x,
        ["erf"] = Activations.Erf,
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["sinh"] = Math.Sinh,
        ["cosh"] = Math.Cosh,
        ["tanh"] = Math.Tanh,
        ["ceil"] = Math.Ceiling,
        ["floor"] = Math.Floor,
        ["round"] = static x => Math.Round(x, MidpointRounding.ToEven),
        ["sigmoid"] = Activations.Sigmoid,
        ["relu"] = static x => Math.Max(x, 0),
        ["gelu"] = Activations.Find("gelu")!,
        ["gelu_tanh"] = Activations.Find("gelu_apprx_tanh")!,
        ["gelu_sigmoid"] = Activations.Find("gelu_apprx_sigmoid")!,
        ["silu"] = Activations.Find("silu")!,
        ["softplus"] = static x => Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x))),
    };

    private static readonly Dictionary<string, Func<long, long>> Integers = new()
    {
        ["abs"] = static x => x < 0 ? -x : x,
        ["neg"] = static x => -x,
        ["sign"] = static x => Math.Sign(x),
        ["square"] = static x => unchecked(x * x),
        ["relu"] = static x => Math.Max(x, 0),
        ["not"] = static x => x == 0 ? 1 : 0,
    };

    /// <summary>The names of all, for messages.</summary>
    public static string Names => string.Join(", ", Floats.Keys.Append("not"));

    /// <summary>True for a function that there is.</summary>
    public static bool IsKnown(string name) => Floats.ContainsKey(name) || Integers.ContainsKey(name);

    /// <summary>The function of floats, or null.</summary>
    public static Func<double, double>? OfFloat(string name) => Floats.GetValueOrDefault(name);

    /// <summary>The function of integers, before it is taken modulo 2^bits, or null.</summary>
    public static Func<long, long>? OfInteger(string name) => Integers.GetValueOrDefault(name);

    /// <summary>ln(1 + x) for x from 0 to 1: by what 1 + x really is after rounding, which cancels its error.</summary>
    private static double Log1P(double x) => 1 + x == 1 ? x : x * Math.Log(1 + x) / (1 + x - 1);
}
