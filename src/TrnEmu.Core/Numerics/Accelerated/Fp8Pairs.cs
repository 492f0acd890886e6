using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TrnEmu.Core.Numerics.Codecs;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// Pairs of 8-bit floats: 64 bytes are looked up at once in a table of 128 upper and one of 128 lower bytes of bf16.
/// Instead of looking for the smallest magnitude they give that of all: 2^-16, denormals of e5m2, biased exponent 111. No
/// two fp8 make a denormal of fp32; fp8 and bf16 may.
/// </summary>
internal readonly unsafe struct Fp8Pairs<TFormat> : IPairs
    where TFormat : struct, IFp8Format
{
    private const int Codes = 128;
    private const int LeastExponent = 111;
    private static readonly byte* Table = Make();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Pack(byte* earlier, byte* later, uint* pairs)
    {
        var table = Table;
        var order = table + 2 * Codes;
        var (high, low) = (Vector512.Load(earlier), Vector512.Load(later));
        Half(Avx512Vbmi.PermuteVar64x8x2(low, Vector512.Load(order), high), table, pairs);
        Half(Avx512Vbmi.PermuteVar64x8x2(low, Vector512.Load(order + 64), high), table, pairs + 32);
        return Vector512.Create((ushort)((LeastExponent << 7) - 1));
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
        for (var first = 0; first < Codes; first += 16)
        {
            var codes = Vector128.CreateSequence((byte)first, 1);
            var values = Fp8Codec<TFormat>.Load((byte*)&codes).AsUInt32();
            for (var i = 0; i < 16; i++)
            {
                table[first + i] = (byte)(values[i] >> 24);
                table[Codes + first + i] = (byte)(values[i] >> 16);
            }
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
