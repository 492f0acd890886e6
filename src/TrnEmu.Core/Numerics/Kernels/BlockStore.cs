using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>Writes sums to a destination that a micro-kernel cannot write itself: edges, narrow dtypes, levels, masks.</summary>
internal static unsafe class BlockStore
{
    /// <summary>
    /// For i &lt; count, element e = (row, first + i) of the tile: e = round(s[i]), or round(e + s[i]) where
    /// <paramref name="accumulate"/> is set or bit first + i of <paramref name="mask"/> (null: no bits) is.
    /// Rounds to nearest even; overflow is infinity.
    /// </summary>
    public static void Row(in Tile tile, int row, int first, int count, float* s, bool accumulate, ulong* mask)
    {
        var runs = new Runs(tile, (long)row * tile.Elements + first, count);
        var n = first;
        while (runs.Next(out var dst, out var length))
        {
            for (var i = 0; i < length; i++, n++, s++, dst += tile.Stride3)
            {
                var add = accumulate || (mask != null && ((mask[n >> 6] >> n) & 1) != 0);
                Write(tile.DType, dst, Sum.Canonical(add ? Widen.One(tile.DType, dst) + *s : *s));
            }
        }
    }

    private static void Write(DType dtype, byte* dst, float value)
    {
        if (dtype == DType.Fp32)
        {
            Unsafe.WriteUnaligned(dst, value);
        }
        else if (dtype == DType.Fp16)
        {
            Unsafe.WriteUnaligned(dst, (Half)value);
        }
        else
        {
            var bits = BitConverter.SingleToUInt32Bits(value);
            Unsafe.WriteUnaligned(dst, (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16));
        }
    }
}
