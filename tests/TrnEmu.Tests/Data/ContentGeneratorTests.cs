using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Data;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Data;

/// <summary>Values made for inputs that nobody gave.</summary>
public sealed class ContentGeneratorTests
{
    public static TheoryData<DType> DTypes => [.. Core.Numerics.DTypes.All];

    [Theory]
    [MemberData(nameof(DTypes))]
    public void Random_values_are_small_and_depend_on_seed_and_name_alone(DType dtype)
    {
        var first = Make(dtype, "a", ContentKind.Random, 1);
        Assert.Equal(first.Bytes, Make(dtype, "a", ContentKind.Random, 1).Bytes);
        Assert.NotEqual(first.Bytes, Make(dtype, "a", ContentKind.Random, 2).Bytes);
        Assert.NotEqual(first.Bytes, Make(dtype, "b", ContentKind.Random, 1).Bytes);
        Assert.Equal(first.Bytes[..16], Make(dtype, "a", ContentKind.Random, 1, elements: 64).Bytes[..16]);
        var values = Values(first).ToArray();
        var (low, high) = Bounds(dtype);
        Assert.All(values, v => Assert.InRange(v, low, high));
        Assert.True(values.Distinct().Count() >= 4, $"{dtype.Name()} has {values.Distinct().Count()} values");
    }

    /// <summary>Values are made in parts; each is that of its own index all the same.</summary>
    [Fact]
    public void Elements_of_many_parts_are_those_of_their_indices()
    {
        const int count = 200_001;
        var (random, iota) = (Make(DType.Fp32, "a", ContentKind.Random, 1, elements: count), Make(DType.Fp32, "a", ContentKind.Iota, 1, elements: count));
        var state = Mixed(1 ^ unchecked((14695981039346656037 ^ 'a') * 1099511628211));
        for (var i = 0; i < count; i++)
        {
            var bits = Mixed(unchecked(state + (ulong)i * 0x9E3779B97F4A7C15)) >> 40;
            Assert.Equal(bits / 8388608f - 1, BitConverter.ToSingle(random.Bytes, 4 * i));
            Assert.Equal(i, BitConverter.ToSingle(iota.Bytes, 4 * i));
        }
    }

    /// <summary>The finaliser of SplitMix64, written apart.</summary>
    private static ulong Mixed(ulong z)
    {
        unchecked
        {
            z ^= z >> 30;
            z *= 0xBF58476D1CE4E5B9;
            z ^= z >> 27;
            z *= 0x94D049BB133111EB;
            return z ^ z >> 31;
        }
    }

    [Theory]
    [MemberData(nameof(DTypes))]
    public void Zeros_are_zero_bytes(DType dtype) => Assert.All(Make(dtype, "a", ContentKind.Zeros, 1).Bytes, b => Assert.Equal(0, b));

    [Theory]
    [MemberData(nameof(DTypes))]
    public void Iota_counts(DType dtype)
    {
        var bytes = Make(dtype, "a", ContentKind.Iota, 1, elements: 8).Bytes;
        for (var i = 0; i < 8; i++)
        {
            var bits = Element(bytes, i, dtype.Size());
            Assert.Equal(dtype.IsArithmetic() ? Numbers.Encode(dtype, i) : (uint)i, bits);
        }
    }

    private static (double Low, double High) Bounds(DType dtype)
    {
        if (dtype.IsInteger()) return (0, 15);
        return dtype == DType.E8M0 ? (1.0 / 16, 8) : (-1, 1);
    }

    /// <summary>Every number: four of each packed element.</summary>
    private static IEnumerable<double> Values(TensorData data)
    {
        for (var i = 0; i < data.Count; i++)
        {
            var bits = Element(data.Bytes, i, data.DType.Size());
            for (var part = 0; part < (data.DType.IsPacked() ? 4 : 1); part++)
            {
                yield return data.DType switch
                {
                    DType.Fp8E4M3FnX4 => Numbers.Decode(DType.Fp8E4M3Fn, bits >> 8 * part & 0xff),
                    DType.Fp8E5M2X4 => Numbers.Decode(DType.Fp8E5M2, bits >> 8 * part & 0xff),
                    DType.Fp4E2M1X4 => (bits >> 4 * part & 7) * 0.5 * ((bits >> 4 * part & 8) != 0 ? -1 : 1),
                    _ => Numbers.Decode(data.DType, bits),
                };
            }
        }
    }

    private static uint Element(byte[] bytes, int i, int size)
    {
        var bits = 0u;
        for (var k = 0; k < size; k++) bits |= (uint)bytes[i * size + k] << (8 * k);
        return bits;
    }

    private static TensorData Make(DType dtype, string name, ContentKind kind, long seed, int elements = 256) => ContentGenerator.Make(
        new Core.Memory.Tensor(0, name, MemorySpace.Hbm, dtype, [elements]), kind, seed);
}
