using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>Writes sums to a destination that a micro-kernel cannot write itself: edges, narrow dtypes, levels, masks.</summary>
internal static unsafe class BlockStore
{
    /// <summary>
    /// For r &lt; rows, i &lt; count, element e = (row + r, first + i) of psum: e = round(s[r, i]), or round(e + s[r, i]) where the
    /// job accumulates or bit first + i of its mask row is set; s has rows of 64. Rounds to nearest even; overflow is
    /// infinity.
    /// </summary>
    public static void Rows(PanelJob job, int row, int rows, int first, int count, float* s)
    {
        ref readonly var psum = ref job.Psum;
        var dense = job.Mask == null && psum.DType == DType.Fp32 && psum.Stride3 == sizeof(float);
        var runs = new Runs(psum, row, first, count);
        while (runs.Next(out var dst, out var length))
        {
            for (var r = 0; r < rows; r++)
            {
                var to = dst + r * psum.PartitionStride;
                var from = s + r * PanelProduct.Width;
                if (dense)
                    Dense((float*)to, length, from, job.Accumulate);
                else
                    Elements(psum, to, length, from, job.Accumulate, job.MaskRow(row + r), first);
            }

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
        in Tile psum, byte* dst, int count, float* s, bool accumulate, ulong* mask, int n)
    {
        for (var i = 0; i < count; i++, n++, dst += psum.Stride3)
        {
            var add = accumulate || (mask != null && ((mask[n >> 6] >> n) & 1) != 0);
            Write(psum.DType, dst, Sum.Canonical(add ? Widen.One(psum.DType, dst) + s[i] : s[i]));
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
