using System.Runtime.InteropServices;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Numerics;

/// <summary>Every element type to fp32 and back, bit for bit.</summary>
public sealed class ConversionTests
{
    public static TheoryData<DType> DTypes => [.. Core.Numerics.DTypes.All.Where(d => !d.IsPacked())];

    [Theory]
    [MemberData(nameof(DTypes))]
    public void Widening_gives_the_value_of_every_pattern(DType dtype)
    {
        var random = new Random(1);
        var patterns = Enumerable.Range(0, 1 << 16)
            .Select(i => dtype.Size() == 4 ? ((uint)i << 16) | (uint)(random.Next() & 0xffff)
                : (uint)i % (1u << (8 * dtype.Size()))).ToArray();
        var bytes = patterns.SelectMany(b => BitConverter.GetBytes(b)[..dtype.Size()]).ToArray();
        var values = new float[patterns.Length];
        Conversions.Widen(dtype, bytes, values);
        for (var i = 0; i < values.Length; i++)
        {
            var expected = Oracle.Value(dtype, patterns[i]);
            if (float.IsNaN(expected)) Assert.True(float.IsNaN(values[i]));
            else Assert.Equal(BitConverter.SingleToUInt32Bits(expected), BitConverter.SingleToUInt32Bits(values[i]));
        }
    }

    [Theory]
    [MemberData(nameof(DTypes))]
    public void Narrowing_gives_the_nearest_element(DType dtype)
    {
        var values = Values();
        var size = dtype.Size();
        var bytes = new byte[values.Length * size];
        Conversions.Narrow(dtype, values, bytes);
        for (var i = 0; i < values.Length; i++)
        {
            var bits = 0u;
            for (var j = 0; j < size; j++) bits |= (uint)bytes[i * size + j] << (8 * j);
            Assert.True(Oracle.Bits(dtype, values[i]) == bits, $"{values[i]:R} as {dtype.Name()} is {bits:x}");
        }
    }

    [Theory]
    [MemberData(nameof(DTypes))]
    public void Elements_survive_the_way_through_fp32(DType dtype)
    {
        if (dtype.Size() == 4) return;
        var bytes = Enumerable.Range(0, 1 << (8 * dtype.Size()))
            .SelectMany(i => BitConverter.GetBytes(i)[..dtype.Size()]).ToArray();
        var values = new float[1 << (8 * dtype.Size())];
        var back = new byte[bytes.Length];
        Conversions.Widen(dtype, bytes, values);
        Conversions.Narrow(dtype, values, back);
        for (var i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i])) continue;
            var (at, size) = (i * dtype.Size(), dtype.Size());
            Assert.True(bytes.AsSpan(at, size).SequenceEqual(back.AsSpan(at, size)));
        }
    }

    [Fact]
    public void Spans_of_unequal_elements_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Conversions.Widen(DType.Bf16, new byte[3], new float[2]));
        Assert.Throws<ArgumentException>(() => Conversions.Narrow(DType.Fp32, new float[2], new byte[7]));
    }

    /// <summary>
    /// Every upper half of fp32 with the lower halves around the ties of bf16, the ties of fp16 and of whole numbers
    /// with their neighbours, the limits of the integers, and as many more that the number of values is no multiple of
    /// 16.
    /// </summary>
    private static float[] Values()
    {
        var values = new List<float>();
        uint[] lows = [0, 1, 0x7fff, 0x8000, 0x8001, 0xffff];
        for (var high = 0u; high < 65536; high++)
            foreach (var low in lows) values.Add(BitConverter.UInt32BitsToSingle((high << 16) | low));
        for (var half = 0; half < 0x7c00; half++)
            Around(values, (Fp16(half) + Fp16(half + 1)) / 2);
        for (var i = 0; i < 70000; i++) Around(values, i + 0.5f);
        for (var i = 6; i < 34; i++) Around(values, (float)Math.Pow(2, i));
        for (var i = 6; i < 24; i++) Around(values, (float)Math.Pow(2, i) - 0.5f);
        values.AddRange(CollectionsMarshal.AsSpan(values)[..3]);
        return [.. values];
    }

    private static float Fp16(int bits) => (float)BitConverter.Int16BitsToHalf((short)bits);

    private static void Around(List<float> values, float x) => values.AddRange(
        [x, -x, MathF.BitIncrement(x), MathF.BitDecrement(x), -MathF.BitIncrement(x), -MathF.BitDecrement(x)]);
}
