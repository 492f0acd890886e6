using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// Microscaled formats: groups of 8 partitions times 4 elements share a scale, a power of two that is stored as its
/// exponent + 127. Source: OCP Microscaling Formats 1.0; nki.isa.quantize_mx.
/// </summary>
public static unsafe class MxQuantization
{
    private const int Fours = 4;
    private const int Columns = 64;
    private const int Values = Columns * Fours;
    private const int LargestScale = 254;
    private const uint NaN = 255;
    private const uint Infinity = 0x7f800000;

    /// <summary>
    /// dst[p, c] = the four elements src[p, 4 c] to src[p, 4 c + 3] over the scale of their group, each rounded to
    /// nearest even; group g of column c has its scale at partition 32 * (g / 4) + g % 4 of <paramref name="scale"/>.
    /// The scale is <c>2^(floor(log2 amax) - (Emax - 1))</c>, amax the largest magnitude of the group and Emax the
    /// exponent of the largest element, 8 or 15; with <paramref name="isOcp"/> it is half of that, and elements beyond
    /// the largest become the largest. It is held between 2^-127, which a group of zeros has too, and 2^127, which
    /// an infinity makes; a NaN makes NaN of the scale and of the group.
    /// </summary>
    /// <param name="dst">[P, F / 4], fp8_e4m3fn_x4 or fp8_e5m2_x4.</param>
    /// <param name="scale">Elements of 8 bits, F / 4 in each partition.</param>
    /// <param name="src">[P, F] of a float dtype, P a multiple of 8.</param>
    /// <param name="isOcp">The rule of the OCP specification.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Quantize(in Tile dst, in Tile scale, in Tile src, bool isOcp)
    {
        var rows = stackalloc float[MatmulInputs.GroupPartitions * Values];
        var factors = stackalloc float[Values];
        var scales = stackalloc uint[Columns];
        var packed = stackalloc uint[Columns];
        var emax = EMax(dst.DType);
        for (var top = 0; top < src.Partitions; top += MatmulInputs.GroupPartitions)
        {
            for (var first = 0; first < dst.Elements; first += Columns)
            {
                var count = Math.Min(Columns, dst.Elements - first);
                for (var r = 0; r < MatmulInputs.GroupPartitions; r++)
                    Rows.Load(src, top + r, first * Fours, rows + r * Values, count * Fours);
                Scales(rows, scales, factors, count, isOcp ? emax : emax - 1);
                Rows.StoreBits(scale, ScalePartition(top / MatmulInputs.GroupPartitions), first, scales, count);
                for (var r = 0; r < MatmulInputs.GroupPartitions; r++)
                {
                    Pack(dst.DType, rows + r * Values, factors, packed, count, isOcp);
                    Rows.StoreBits(dst, top + r, first, packed, count);
                }
            }
        }
    }

    /// <summary>Partition of a scale tile that holds the scales of a group: four in each 32.</summary>
    internal static int ScalePartition(int group) => group / 4 * 32 + group % 4;

    /// <summary>Exponent of the largest element.</summary>
    internal static int EMax(DType packed) => packed switch
    {
        DType.Fp8E4M3FnX4 => 8,
        DType.Fp8E5M2X4 => 15,
        _ => 2,
    };

    /// <summary>The scale of each group of a block, and what its elements are multiplied with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scales(float* rows, uint* scales, float* factors, int count, int shift)
    {
        var largest = stackalloc uint[Values];
        for (var i = 0; i < count * Fours; i += Vector512<uint>.Count)
        {
            var most = Vector512<uint>.Zero;
            for (var r = 0; r < MatmulInputs.GroupPartitions; r++)
            {
                var bits = Vector512.Load((uint*)rows + r * Values + i);
                most = Vector512.Max(most, bits & Vector512.Create(0x7fffffffu));
            }

            most.Store(largest + i);
        }

        for (var c = 0; c < count; c++, largest += Fours)
        {
            var amax = Math.Max(Math.Max(largest[0], largest[1]), Math.Max(largest[2], largest[3]));
            scales[c] = Scale(amax, shift);
            new Span<float>(factors + c * Fours, Fours).Fill(Inverse(scales[c]));
        }
    }

    /// <summary>From the bits of the largest magnitude, which of a NaN are above those of Inf.</summary>
    private static uint Scale(uint amax, int shift)
    {
        const int SmallestExponent = -149;
        if (amax == 0) return 0;
        if (amax >= Infinity) return amax > Infinity ? NaN : LargestScale;
        var exponent = amax >> 23 > 0 ? (int)(amax >> 23) - 127 : BitOperations.Log2(amax) + SmallestExponent;
        return (uint)Math.Clamp(exponent - shift + 127, 0, LargestScale);
    }

    /// <summary>2^(127 - scale), of which 2^-127 is a denormal.</summary>
    private static float Inverse(uint scale) => BitConverter.UInt32BitsToSingle(scale switch
    {
        NaN => 0x7fc00000,
        LargestScale => 1u << 22,
        _ => (LargestScale - scale) << 23,
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(DType dtype, float* row, float* factors, uint* packed, int count, bool isOcp)
    {
        var element = dtype == DType.Fp8E4M3FnX4 ? DType.Fp8E4M3Fn : DType.Fp8E5M2;
        var largest = Vector512.Create(element == DType.Fp8E4M3Fn ? 448f : 57344f);
        for (var i = 0; i < count * Fours; i += Vector512<float>.Count)
        {
            var x = Vector512.Load(row + i) * Vector512.Load(factors + i);
            var magnitude = Vector512.Abs(x);
            var isBeyond = Vector512.GreaterThan(magnitude, largest)
                & Vector512.LessThan(magnitude, Vector512.Create(float.PositiveInfinity));
            if (isOcp) x = Vector512.ConditionalSelect(isBeyond, Vector512.CopySign(largest, x), x);
            x.Store(row + i);
        }

        Conversions.Narrow(element, row, (byte*)packed, count * Fours);
    }
}
