using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Numerics;

/// <summary>
/// Conversions of every pattern of 8 and 16 bits, and of every tie, by the loop that copies between dtypes, against the
/// formats of the oracle.
/// </summary>
public sealed class ExhaustiveTests
{
    public static TheoryData<DType> Short => [.. DTypes.Arithmetic.Where(d => d.Size() < 4)];

    public static TheoryData<DType> Narrow => [.. DTypes.Arithmetic.Where(d => d.Size() < 4 || d == DType.Tf32)];

    [Theory]
    [MemberData(nameof(Short))]
    public void Every_pattern_becomes_what_its_value_is_in_every_dtype(DType from)
    {
        uint[] patterns = [.. Enumerable.Range(0, 1 << (8 * from.Size())).Select(i => (uint)i)];
        float[] values = [.. patterns.Select(bits => Numbers.Decode(from, bits))];
        foreach (var to in DTypes.Arithmetic)
        {
            var converted = Convert(from, patterns, to);
            for (var i = 0; i < patterns.Length; i++)
            {
                var expected = Numbers.Encode(to, values[i]);
                Assert.True(converted[i] == expected,
                    $"{from.Name()} 0x{patterns[i]:x} as {to.Name()} is 0x{converted[i]:x}, expected 0x{expected:x}");
            }
        }
    }

    [Fact]
    public void Every_scale_is_its_power_of_two_and_comes_back()
    {
        byte[] scales = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var values = new float[scales.Length];
        var back = new byte[scales.Length];
        Conversions.Widen(DType.E8M0, scales, values);
        Conversions.Narrow(DType.E8M0, values, back);
        Assert.Equal(scales, back);
        for (var i = 0; i < scales.Length; i++) Assert.Equal(Numbers.Decode(DType.E8M0, (uint)i), values[i]);
    }

    /// <summary>Half way between each two neighbours, and the fp32 next to that on either side; of either sign.</summary>
    [Theory]
    [MemberData(nameof(Narrow))]
    public void Every_tie_goes_to_the_even_neighbour(DType to)
    {
        uint[] ties = [.. Middles(to).Select(BitConverter.SingleToUInt32Bits)
            .SelectMany(m => (uint[])[m, m - 1, m + 1, m | 1u << 31, m - 1 | 1u << 31, m + 1 | 1u << 31])];
        var converted = Convert(DType.Fp32, ties, to);
        for (var i = 0; i < ties.Length; i++)
        {
            var value = BitConverter.UInt32BitsToSingle(ties[i]);
            var expected = Numbers.Encode(to, value);
            Assert.True(converted[i] == expected,
                $"{value:R} as {to.Name()} is 0x{converted[i]:x}, expected 0x{expected:x}");
        }
    }

    /// <summary>For a float also the middle between its largest and what would be next.</summary>
    private static IEnumerable<float> Middles(DType dtype)
    {
        if (dtype.IsInteger())
            return Enumerable.Range(0, (int)Numbers.Range(dtype).High + 2).Select(i => i + 0.5f);
        var format = FloatFormat.Of(dtype);
        return Enumerable.Range(0, (int)(format.Beyond >> format.Unused)).Select(code =>
        {
            var low = (double)Numbers.Decode(dtype, (uint)code << format.Unused);
            return (float)(low + format.Unit(low) / 2);
        });
    }

    private static uint[] Convert(DType from, uint[] elements, DType to)
    {
        using var source = new NativeBlock(elements.Length * sizeof(uint));
        using var target = new NativeBlock(elements.Length * sizeof(uint));
        var src = source.Tile(0, 1, 0, from, [elements.Length], [from.Size()]);
        var dst = target.Tile(0, 1, 0, to, [elements.Length], [to.Size()]);
        var converted = new uint[elements.Length];
        Rows.StoreBits(src, 0, 0, elements);
        Elementwise.Convert(dst, src);
        Rows.LoadBits(dst, 0, 0, converted);
        GC.KeepAlive(source);
        return converted;
    }
}
