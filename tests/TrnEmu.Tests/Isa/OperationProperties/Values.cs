using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>Bits of random elements: small numbers, any numbers, and the special ones of each dtype.</summary>
internal static class Values
{
    public static uint Bits(Random random, DType dtype) =>
        dtype.IsFloat() ? Float(random, dtype, random.Next(24)) : dtype.IsInteger() ? Integer(random, dtype) : Any(random, dtype);

    /// <summary>
    /// Bytes of a tensor: its elements are given, or drawn as those of the pattern that reads it. Where the pattern
    /// does not look, they are noise.
    /// </summary>
    public static byte[] Fill(Random random, Tensor tensor, in AccessPattern p, uint[]? elements)
    {
        var bytes = new byte[tensor.Bytes];
        random.NextBytes(bytes);
        var size = p.DType.Size();
        var isHbm = tensor.Space == MemorySpace.Hbm;
        var first = isHbm ? 0 : p.StartPartition * tensor.BytesPerPartition;
        var end = isHbm ? bytes.Length : first + p.Partitions * tensor.BytesPerPartition;
        var isWild = random.Next(3) > 0;
        for (var i = (elements is null ? first : 0) / size; (i + 1) * size <= end; i++)
        {
            var bits = elements is not null ? elements[i] : isWild ? Bits(random, p.DType) : Small(random, p.DType);
            for (var k = 0; k < size; k++) bytes[i * size + k] = (byte)(bits >> 8 * k);
        }

        return bytes;
    }

    private static uint Small(Random random, DType dtype) => dtype.IsInteger() ? Numbers.Encode(dtype, random.Next(-9, 10))
        : dtype.IsFloat() ? Numbers.Encode(dtype, random.NextDouble() * 4 - 2) : Any(random, dtype);

    private static uint Any(Random random, DType dtype) => (uint)random.NextInt64(1L << 8 * dtype.Size());

    /// <summary>NaN, Inf, -0, denormal or largest.</summary>
    public static uint Special(Random random, DType dtype)
    {
        var kind = random.Next(5);
        return kind == 2 ? FloatFormat.Of(dtype).Sign : Float(random, dtype, kind);
    }

    private static uint Float(Random random, DType dtype, int kind)
    {
        var format = FloatFormat.Of(dtype);
        var sign = (uint)random.Next(2) * format.Sign;
        var fraction = (uint)random.Next(1, 1 << format.Fraction) << format.Unused;
        return kind switch
        {
            0 => sign | format.Beyond | fraction,
            1 => sign | format.Beyond,
            2 => sign,
            3 => sign | fraction,
            4 => sign | format.Largest,
            5 or 6 => sign | Tie(random, dtype),
            7 or 8 => Any(random, dtype),
            9 => Numbers.Encode(dtype, random.Next(-40, 40) + 0.5),
            10 => Numbers.Encode(dtype, Math.ScaleB(random.NextDouble() - 0.5, random.Next(0, 40))),
            11 or 12 => Numbers.Encode(dtype, random.Next(-3, 4)),
            _ => Small(random, dtype),
        };
    }

    /// <summary>Of fp32: half way between neighbours of a narrower float, sometimes next to that.</summary>
    private static uint Tie(Random random, DType dtype)
    {
        if (dtype != DType.Fp32) return Any(random, dtype) >> 1;
        var keep = random.Next(4) switch { 0 => 16, 1 => 13, 2 => 20, _ => 21 };
        var top = keep < 20 ? random.Next(0x3000, 0x5000) : random.Next(0x3700, 0x4780);
        var half = (uint)top << 16 & uint.MaxValue << keep | 1u << (keep - 1);
        return (uint)(half + random.Next(4) switch { 0 => 1, 1 => -1, _ => 0 });
    }

    private static uint Integer(Random random, DType dtype)
    {
        var (low, high) = Numbers.Range(dtype);
        var value = random.Next(8) switch
        {
            0 => low,
            1 => high,
            2 => 0,
            3 => Math.Clamp((1L << 24) + random.Next(-3, 4), low, high),
            4 => Math.Clamp(random.Next(40), low, high),
            _ => random.NextInt64(low, high + 1),
        };
        return Numbers.Encode(dtype, value);
    }
}
