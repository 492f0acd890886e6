using System.Globalization;
using System.Runtime.CompilerServices;

namespace TrnEmu;

/// <summary>Compares computed values with those of a reference, tensor by tensor.</summary>
/// <param name="bound">Largest |value - reference| allowed, relative to the largest |reference| of the tensor.</param>
internal sealed class Comparison(double bound)
{
    private double _absolute;
    private double _relative;
    private string? _wrong;

    /// <summary>What was found so far.</summary>
    public CheckResult Result => new(_absolute, _relative, bound, _wrong);

    /// <summary>Compares a tensor.</summary>
    /// <param name="values">What was computed.</param>
    /// <param name="expected">What should have been.</param>
    /// <param name="nameOf">Name of an element, for the first that is wrong.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(double[] values, double[] expected, Func<int, string> nameOf)
    {
        var scale = Scale(expected);
        for (var i = 0; i < values.Length; i++)
        {
            // Equals: NaN where NaN is expected, and the same infinity, are right.
            var error = values[i].Equals(expected[i]) ? 0 : Math.Abs(values[i] - expected[i]);
            if (double.IsNaN(error)) error = double.PositiveInfinity;
            _absolute = Math.Max(_absolute, error);
            _relative = Math.Max(_relative, error / scale);
            if (error > bound * scale) _wrong ??= string.Create(
                CultureInfo.InvariantCulture, $"{nameOf(i)} is {values[i]:g9}, expected {expected[i]:g9}");
        }
    }

    /// <summary>The largest finite magnitude; 1 where there is none but 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Scale(double[] expected)
    {
        var scale = 0.0;
        foreach (var value in expected)
        {
            if (double.IsFinite(value)) scale = Math.Max(scale, Math.Abs(value));
        }

        return scale == 0 ? 1 : scale;
    }
}
