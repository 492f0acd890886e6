using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>A reduction: y = finish(step(… step(start, x0) …, xn-1), n).</summary>
/// <param name="Start">The value of no elements.</param>
/// <param name="Step">How an element joins, in fp64.</param>
/// <param name="Whole">The same of integers, modulo 2^64; null where fp64 is exact.</param>
/// <param name="Finish">The result from the last value and the number of elements; null for the value itself.</param>
internal sealed record ReduceFunction(
    double Start, Func<double, double, double> Step, Func<long, long, long>? Whole = null,
    Func<double, double, double>? Finish = null)
{
    /// <summary>
    /// Every reduction by its name, but log_sum_exp: that needs the maximum first, so that no power overflows.
    /// </summary>
    public static IReadOnlyDictionary<string, ReduceFunction> All { get; } = new Dictionary<string, ReduceFunction>
    {
        ["sum"] = new(0, static (y, x) => y + x),
        ["mean"] = new(0, static (y, x) => y + x, Finish: static (y, n) => y / n),
        ["max"] = new(double.NegativeInfinity, Math.Max),
        ["min"] = new(double.PositiveInfinity, Math.Min),
        ["prod"] = new(1, static (y, x) => y * x, static (y, x) => unchecked(y * x)),
        ["l1"] = new(0, static (y, x) => y + Math.Abs(x)),
        ["l2"] = new(0, static (y, x) => y + x * x, Finish: static (y, n) => Math.Sqrt(y)),
        ["sum_square"] = new(0, static (y, x) => y + x * x, static (y, x) => unchecked(y + x * x)),
    };

    /// <summary>Names of the reductions whose result is no integer even where all elements are.</summary>
    public static IReadOnlyList<string> Fractional { get; } = ["mean", "l2", LogSumExp];

    /// <summary>The reduction that goes over its elements twice.</summary>
    public const string LogSumExp = "log_sum_exp";

    /// <summary>The names of all, for messages.</summary>
    public static string Names => string.Join(", ", All.Keys.Append(LogSumExp));

    /// <summary>The value that an element leaves behind; of integers modulo 2^bits, as the chip counts.</summary>
    public double Join(DType dtype, double y, double x)
    {
        if (!dtype.IsInteger()) return Step(y, x);
        return Wrap(dtype, Whole is null ? Step(y, x) : unchecked((int)Whole((long)y, (long)x)));
    }

    private static double Wrap(DType dtype, double value)
    {
        var range = Math.ScaleB(1, 8 * dtype.Size());
        var low = dtype is DType.UInt32 or DType.UInt16 or DType.UInt8 ? 0 : -range / 2;
        return value - Math.Floor((value - low) / range) * range;
    }
}
