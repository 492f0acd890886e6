using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
        var dense = mask == null && tile.DType == DType.Fp32 && tile.Stride3 == sizeof(float);
        while (runs.Next(out var dst, out var length))
        {
            if (dense)
                Dense((float*)dst, length, s, accumulate);
            else
                Elements(tile.DType, dst, tile.Stride3, length, s, accumulate, mask, first);
            s += length;
            first += length;
        }
    }

    private static void Dense(float* dst, int count, float* s, bool accumulate)
    {
        var i = 0;
        for (; i <= count - 8; i += 8) Sum.Store(dst + i, Vector256.Load(s + i), accumulate);
        for (; i < count; i++) Sum.Store(dst + i, s[i], accumulate);
    }

    private static void Elements(
        DType dtype, byte* dst, long stride, int count, float* s, bool accumulate, ulong* mask, int n)
    {
        for (var i = 0; i < count; i++, n++, dst += stride)
        {
            var add = accumulate || (mask != null && ((mask[n >> 6] >> n) & 1) != 0);
            Write(dtype, dst, Sum.Canonical(add ? Widen.One(dtype, dst) + s[i] : s[i]));
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
