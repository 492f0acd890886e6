using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>Constants that are written to memory.</summary>
internal static class MemoryValues
{
    /// <summary>An integer dtype gets a whole number of its range; a float dtype anything.</summary>
    public static void Fits(Verifier v, string name, double value, DType dtype)
    {
        if (!dtype.IsInteger()) return;
        var (low, high) = Range(dtype);
        if (double.IsInteger(value) && value >= low && value <= high) return;
        v.Error(VectorCodes.Value, FormattableString.Invariant($"{name} is {value}, {dtype.Name()} holds integers of {low} to {high}"));
    }

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
