using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TrnEmu.Core.Numerics.Codecs;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// Pairs of 8-bit floats: 64 bytes are looked up at once in a table of 128 upper and one of 128 lower bytes of bf16.
/// </summary>
internal readonly unsafe struct Fp8Pairs<TFormat> : IPairs
    where TFormat : struct, IFp8Format
{
    private const int Codes = 128;
    private static readonly byte* Table = Make();

    /// <summary>Of the smallest denormal: 118 for e4m3, 111 for e5m2; two of them never make a denormal of fp32.</summary>
    public static int Least => 128 - TFormat.Bias - TFormat.Fraction;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Pack(byte* earlier, byte* later, uint* pairs)
    {
        var table = Table;
        var order = table + 2 * Codes;
        var (high, low) = (Vector512.Load(earlier), Vector512.Load(later));
        Half(Avx512Vbmi.PermuteVar64x8x2(low, Vector512.Load(order), high), table, pairs);
        Half(Avx512Vbmi.PermuteVar64x8x2(low, Vector512.Load(order + 64), high), table, pairs + 32);
        return Vector512<ushort>.AllBitsSet;
    }

    /// <summary>Codes (later, earlier) of 32 columns, in the order in which bytes are interleaved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(Vector512<byte> codes, byte* table, uint* pairs)
    {
        var sign = codes & Vector512.Create((byte)0x80);
        var high = LookUp(table, codes) | sign;
        var low = LookUp(table + Codes, codes);
        Avx512BW.UnpackLow(low, high).AsUInt32().Store(pairs);
        Avx512BW.UnpackHigh(low, high).AsUInt32().Store(pairs + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> LookUp(byte* table, Vector512<byte> codes) =>
        Avx512Vbmi.PermuteVar64x8x2(Vector512.Load(table), codes, Vector512.Load(table + 64));

    /// <summary>
    /// Upper bytes, lower bytes, then the two orders: lane j of 16 bytes has columns 4 j to 4 j + 3 and 16 on from them.
    /// </summary>
    private static byte* Make()
    {
        var table = (byte*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(Fp8Pairs<TFormat>), 4 * Codes);
        var codes = stackalloc byte[Codes];
        var values = stackalloc uint[Codes];
        for (var i = 0; i < Codes; i++) codes[i] = (byte)i;
        for (var i = 0; i < Codes; i += 16) Fp8Codec<TFormat>.Load(codes + i).AsUInt32().Store(values + i);
        for (var i = 0; i < Codes; i++)
        {
            table[i] = (byte)(values[i] >> 24);
            table[Codes + i] = (byte)(values[i] >> 16);
        }

        for (var i = 0; i < Codes; i++)
        {
            var (half, lane, place) = (i / 64, i % 64 / 16, i % 16 / 2);
            var column = 32 * half + 4 * lane + place % 4 + 16 * (place / 4);
            table[2 * Codes + i] = (byte)(column + 64 * (i % 2));
        }

        return table;
    }
}
