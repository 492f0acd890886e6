namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// The fp32 results that a function may have: all within 1 unit in the last place of fp32 of its exact value, which is
/// what ActivationFunction promises. The reference in double is wrong by less than 1e-12 of a value, a hundred
/// thousandth of that unit.
/// </summary>
internal static class Near
{
    private const double Overflow = 3.402823669209385e38;

    /// <summary>The accepted values, ascending; one where the reference is 0, infinite or no number.</summary>
    public static float[] To(double exact)
    {
        var nearest = (float)exact;
        if (double.IsNaN(exact) || double.IsInfinity(exact) || exact == 0) return [nearest];
        var unit = FloatFormat.Fp32.Unit(exact);
        return [.. new[] { float.BitDecrement(nearest), nearest, float.BitIncrement(nearest) }
            .Where(c => Math.Abs(Finite(c) - exact) <= unit || c.Equals(nearest))
            .Where(c => c != 0 || float.IsNegative(c) == exact < 0)];
    }

    private static double Finite(float value) => Math.Clamp(value, -Overflow, Overflow);
}
