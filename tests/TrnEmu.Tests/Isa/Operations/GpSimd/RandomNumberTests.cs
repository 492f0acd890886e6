using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.GpSimd;

/// <summary>What is made of random bits, and how well they are spread.</summary>
public sealed class RandomNumberTests
{
    private const int Lanes = 128, Columns = 2000;
    private const int Count = Lanes * Columns;

    [Theory]
    [InlineData(Engine.GpSimd, 3, 0xff, DType.UInt8)]
    [InlineData(Engine.Vector, 2, 0xffff, DType.Int16)]
    [InlineData(Engine.Vector, 4, 0xff, DType.Int8)]
    public void Smaller_dtypes_keep_the_low_bits(Engine engine, int generation, uint mask, DType dtype)
    {
        var (wide, narrow) = (new RandomScene(generation), new RandomScene(generation));
        var words = wide.Run(wide.Draw(engine, 4, 50))[0];
        Assert.Equal(words.Select(r => r.Select(w => w & mask)), narrow.Run(narrow.Draw(engine, 4, 50, dtype))[0]);
    }

    /// <summary>The expected value of a mean of n draws lies within 5 standard deviations of its own.</summary>
    [Theory]
    [InlineData(Engine.GpSimd, 3)]
    [InlineData(Engine.Vector, 2)]
    [InlineData(Engine.Vector, 4)]
    public void Bits_are_half_ones_and_numbers_uniform(Engine engine, int generation)
    {
        var scene = new RandomScene(generation);
        var words = scene.Run(scene.Draw(engine, Lanes, Columns))[0].SelectMany(r => r).ToArray();
        for (var bit = 0; bit < 32; bit++)
            Assert.InRange(words.Average(w => w >> bit & 1), 0.5 - 5 * 0.5 / Math.Sqrt(Count), 0.5 + 5 * 0.5 / Math.Sqrt(Count));
        Check([.. words.Select(w => w / 4294967296.0)]);
    }

    [Fact]
    public void Rand2_is_uniform_between_min_and_max()
    {
        var scene = new RandomScene(4);
        var dst = scene.Scene.Sbuf(DType.Fp32, Lanes, Columns);
        scene.Then(new Rand2(dst, -3, 5));
        var numbers = scene.Run(dst)[0].SelectMany(r => r).Select(BitConverter.UInt32BitsToSingle).ToArray();
        Assert.All(numbers, x => Assert.InRange(x, -3, 5));
        Check([.. numbers.Select(x => (x + 3.0) / 8)]);
    }

    [Fact]
    public void Rand2_scales_what_rng_draws()
    {
        var (bits, numbers) = (new RandomScene(4), new RandomScene(4));
        var words = bits.Run(bits.Draw(Engine.Vector, 2, 33))[0];
        var max = numbers.Given(DType.Fp32, [BitConverter.SingleToUInt32Bits(0.3f)], [BitConverter.SingleToUInt32Bits(7)]);
        var dst = numbers.Scene.Sbuf(DType.Bf16, 2, 33);
        numbers.Then(new Rand2(dst, 0.1, max));
        var expected = words.Select((r, p) => r.Select(w =>
        {
            var scaled = ((p == 0 ? 0.3f : 7f) - 0.1f) * ((w >> 8) / 16777216f);
            return BitConverter.SingleToUInt32Bits(Conversions.Round(DType.Bf16, 0.1f + scaled)) >> 16;
        }));
        Assert.Equal(expected, numbers.Run(dst)[0]);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(1.0)]
    public void Dropout_keeps_bits_or_writes_zero(double probability)
    {
        const uint Payload = 0xffc12345;
        var scene = new RandomScene(3);
        var data = scene.Given(DType.Fp32, [.. Enumerable.Repeat(Enumerable.Repeat(Payload, Columns).ToArray(), Lanes)]);
        scene.Then(new Dropout(data, data, probability));
        var bits = scene.Run(data)[0].SelectMany(r => r).ToArray();
        Assert.All(bits, b => Assert.True(b is 0 or Payload));
        var deviation = Math.Sqrt(probability * (1 - probability) / Count);
        Assert.InRange(bits.Average(b => b == 0 ? 1.0 : 0), probability - 5 * deviation, probability + 5 * deviation);
    }

    [Fact]
    public void Dropout_has_a_probability_for_each_partition()
    {
        var scene = new RandomScene(4);
        var data = scene.Given(DType.UInt8, [1, 1, 1, 1, 1], [2, 2, 2, 2, 2]);
        var probability = scene.Given(DType.Fp32, [BitConverter.SingleToUInt32Bits(1)], [0]);
        var dst = scene.Scene.Sbuf(DType.UInt8, 2, 5);
        scene.Then(new Dropout(dst, data, probability));
        Assert.Equal([[0, 0, 0, 0, 0], [2, 2, 2, 2, 2]], scene.Run(dst)[0]);
    }

    [Theory]
    [InlineData(DType.Bf16, DType.Fp16)]
    [InlineData(DType.Int32, DType.Fp32)]
    [InlineData(DType.Int32, DType.Bf16, "TRN2004")]
    [InlineData(DType.Bf16, DType.Int16, "TRN2004")]
    public void Dropout_of_integers_takes_fp32_probabilities(DType data, DType probability, params string[] codes)
    {
        var scene = new Scene();
        var (dst, src) = (scene.Sbuf(data, 8, 8), scene.Sbuf(data, 8, 8));
        Assert.Equal(codes, scene.Codes(new Dropout(dst, src, scene.Sbuf(probability, 8, 1))));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1, "TRN2313")]
    [InlineData(2, 1, "TRN2313")]
    [InlineData(double.NaN, 1, "TRN2313")]
    [InlineData(0, double.PositiveInfinity, "TRN2313")]
    public void Rand2_needs_an_interval(double min, double max, params string[] codes)
    {
        var scene = new Scene();
        Assert.Equal(codes, scene.Codes(new Rand2(scene.Sbuf(DType.Fp32, 8, 8), min, max), 4));
        Assert.Contains("TRN2001", scene.Codes(new Rand2(scene.Sbuf(DType.Fp32, 8, 8), min, max), 3));
    }

    [Fact]
    public void GpSimd_draws_from_generation_3_on_to_sbuf()
    {
        var scene = new Scene();
        var sbuf = new Rng(scene.Sbuf(DType.UInt32, 8, 8));
        var psum = new Rng(scene.Psum(DType.UInt32, 8, 8));
        Assert.Equal(["TRN2001"], scene.Codes(sbuf, 2, Engine.GpSimd));
        Assert.Empty(scene.Codes(sbuf, 3, Engine.GpSimd));
        Assert.Equal(["TRN2003"], scene.Codes(psum, 3, Engine.GpSimd));
        Assert.Empty(scene.Codes(psum, 2));
        Assert.Empty(scene.Codes(psum, 2, Engine.Vector));
    }

    /// <summary>
    /// Mean 1/2 and variance 1/12, each within 5 standard deviations: 1 / sqrt(12 n), and 1 / sqrt(180 n) for the
    /// variance.
    /// </summary>
    private static void Check(double[] numbers)
    {
        var mean = numbers.Average();
        var variance = numbers.Average(x => (x - 0.5) * (x - 0.5));
        Assert.InRange(mean, 0.5 - 5 / Math.Sqrt(12.0 * numbers.Length), 0.5 + 5 / Math.Sqrt(12.0 * numbers.Length));
        var bound = 5 / Math.Sqrt(180.0 * numbers.Length);
        Assert.InRange(variance, 1 / 12.0 - bound, 1 / 12.0 + bound);
    }
}
