using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>Constants that are written to memory.</summary>
internal static class MemoryValues
{
    /// <summary>
    /// An integer dtype gets a whole number of its range; e8m0 a value that it holds; a packed dtype 0 (Source:
    /// nki.isa.memset); a float dtype anything.
    /// </summary>
    public static void Fits(Verifier v, string name, double value, DType dtype)
    {
        if (dtype.IsPacked() && value != 0)
            v.Error(VectorCodes.Value, FormattableString.Invariant($"{name} is {value}, {dtype.Name()} takes 0 only"));
        if (dtype == DType.E8M0 && !IsScale(value))
            v.Missing(ConversionRules.Scales, FormattableString.Invariant($"{name} is {value}, which is no e8m0"));
        if (!dtype.IsInteger()) return;
        var (low, high) = Range(dtype);
        if (double.IsInteger(value) && value >= low && value <= high) return;
        v.Error(VectorCodes.Value, FormattableString.Invariant($"{name} is {value}, {dtype.Name()} holds integers of {low} to {high}"));
    }

    private static bool IsScale(double value) =>
        double.IsNaN(value) || Conversions.Round(DType.E8M0, (float)value) == value;

    private static (long Low, long High) Range(DType dtype) => dtype switch
    {
        DType.Int32 => (int.MinValue, int.MaxValue),
        DType.UInt32 => (uint.MinValue, uint.MaxValue),
        DType.Int16 => (short.MinValue, short.MaxValue),
        DType.UInt16 => (ushort.MinValue, ushort.MaxValue),
        DType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        _ => (byte.MinValue, byte.MaxValue),
    };
}
