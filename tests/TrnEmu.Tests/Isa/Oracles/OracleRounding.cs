using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// The options of rounding, from what Rounding documents, on core 0: a value becomes one of its neighbours in the
/// format, or the largest number, and the format then holds it exactly.
/// </summary>
internal sealed class OracleRounding(Arithmetic arithmetic)
{
    /// <summary>What is written as element of a row of the operand by an operation of the run.</summary>
    public double Of(DType dtype, double value, long operation, int row, int element)
    {
        if (!dtype.IsFloat() || dtype == DType.Fp32) return value;
        value = (float)value;
        if (arithmetic.RoundingSeed is { } seed && double.IsFinite(value) && value != 0)
            value = Neighbour(FloatFormat.Of(dtype), value, Random(seed, operation, row, element));
        if (arithmetic.Fp8Overflow == Fp8Overflow.Infinity || dtype.Size() > 1 || double.IsNaN(value)) return value;
        var largest = Numbers.Decode(dtype, FloatFormat.Of(dtype).Largest);
        return Math.Clamp(value, -largest, largest);
    }

    /// <summary>The 64 bits as a fraction of 2^64 are below the fraction of a unit that is lost: away from 0.</summary>
    private static double Neighbour(FloatFormat format, double value, ulong random)
    {
        var units = Math.Abs(value) / format.Unit(value);
        var whole = Math.Floor(units);
        var isUp = (UInt128)random < (UInt128)Math.ScaleB(units - whole, 64);
        return Math.CopySign((whole + (isUp ? 1 : 0)) * format.Unit(value), value);
    }

    private static ulong Random(long seed, long operation, int row, int element)
    {
        const ulong Core = 0;
        var z = SplitMix((ulong)seed) + Core;
        z = SplitMix(z) + (ulong)operation;
        z = SplitMix(z) + (ulong)row;
        return SplitMix(SplitMix(z) + (ulong)element);
    }

    private static ulong SplitMix(ulong state)
    {
        var z = unchecked(state + 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ z >> 30) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ z >> 27) * 0x94D049BB133111EBUL);
        return z ^ z >> 31;
    }
}
