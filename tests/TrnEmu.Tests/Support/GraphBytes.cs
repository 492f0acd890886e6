using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Support;

/// <summary>Numbers as bytes of a dtype and back, by the oracle's codes: nothing here goes through the conversions that
/// are tested.</summary>
internal static class GraphBytes
{
    /// <summary>The bytes of the numbers: floats rounded to the nearest, integers as they are, modulo 2^bits.</summary>
    public static byte[] Encode(DType dtype, double[] values)
    {
        var size = dtype.Size();
        var bytes = new byte[values.Length * size];
        for (var i = 0; i < values.Length; i++)
        {
            var bits = dtype.IsInteger() ? (uint)(long)values[i] : Numbers.Encode(dtype, values[i]);
            for (var b = 0; b < size; b++) bytes[i * size + b] = (byte)(bits >> (8 * b));
        }

        return bytes;
    }

    /// <summary>The numbers that the bytes stand for.</summary>
    public static double[] Decode(DType dtype, ReadOnlySpan<byte> bytes)
    {
        var size = dtype.Size();
        var values = new double[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            uint bits = 0;
            for (var b = 0; b < size; b++) bits |= (uint)bytes[i * size + b] << (8 * b);
            values[i] = dtype.IsInteger() ? (double)Numbers.IntegerValue(dtype, bits) : Numbers.Decode(dtype, bits);
        }

        return values;
    }
}
