namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>Functions of two numbers, in fp64 and on integers.</summary>
internal static class BinaryFunctions
{
    private static readonly Dictionary<string, Func<double, double, double>> Floats = new()
    {
        ["add"] = static (a, b) => a + b,
        ["sub"] = static (a, b) => a - b,
        ["mul"] = static (a, b) => a * b,
        ["div"] = static (a, b) => a / b,
        ["pow"] = Math.Pow,
        ["mod"] = Modulo,
        ["fmod"] = static (a, b) => a % b,
        ["max"] = Math.Max,
        ["min"] = Math.Min,
        ["equal"] = static (a, b) => a == b ? 1 : 0,
        ["less"] = static (a, b) => a < b ? 1 : 0,
        ["less_or_equal"] = static (a, b) => a <= b ? 1 : 0,
        ["greater"] = static (a, b) => a > b ? 1 : 0,
        ["greater_or_equal"] = static (a, b) => a >= b ? 1 : 0,
        ["and"] = static (a, b) => a != 0 && b != 0 ? 1 : 0,
        ["or"] = static (a, b) => a != 0 || b != 0 ? 1 : 0,
        ["xor"] = static (a, b) => (a != 0) != (b != 0) ? 1 : 0,
    };

    private static readonly Dictionary<string, Func<long, long, long>> Integers = new()
    {
        ["add"] = static (a, b) => a + b,
        ["sub"] = static (a, b) => a - b,
        ["mul"] = static (a, b) => unchecked(a * b),
        ["div"] = static (a, b) => b == 0 ? 0 : a / b,
        ["pow"] = Power,
        ["mod"] = static (a, b) => b == 0 ? 0 : (a % b + b) % b,
        ["fmod"] = static (a, b) => b == 0 ? 0 : a % b,
        ["max"] = Math.Max,
        ["min"] = Math.Min,
    };

    /// <summary>The names of all, for messages.</summary>
    public static string Names => string.Join(", ", Floats.Keys);

    /// <summary>True for a function that there is.</summary>
    public static bool IsKnown(string name) => Floats.ContainsKey(name);

    /// <summary>True where the result is 1 or 0.</summary>
    public static bool IsTruth(string name) =>
        IsLogical(name) || name is "equal" or "less" or "less_or_equal" or "greater" or "greater_or_equal";

    /// <summary>True for functions of truth values.</summary>
    public static bool IsLogical(string name) => name is "and" or "or" or "xor";

    /// <summary>The function of floats; comparisons are of integers too.</summary>
    public static Func<double, double, double> OfFloat(string name) => Floats[name];

    /// <summary>The function of integers, before it is taken modulo 2^bits, or null for truth values.</summary>
    public static Func<long, long, long>? OfInteger(string name) => Integers.GetValueOrDefault(name);

    private static double Modulo(double a, double b)
    {
        var rest = a % b;
        return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
    }

    /// <summary>a^b modulo 2^64 by squares; 1 / a^-b rounded for b below 0, the largest int32 for 0, as the chip has
    /// it.</summary>
    private static long Power(long a, long b)
    {
        if (b < 0 && a is not (1 or -1)) return a == 0 ? int.MaxValue : 0;
        long result = 1;
        for (b = Math.Abs(b); b != 0; b >>= 1, a = unchecked(a * a))
            result = (b & 1) != 0 ? unchecked(result * a) : result;
        return result;
    }
}
