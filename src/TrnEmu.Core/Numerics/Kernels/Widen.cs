using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Codecs;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>Operands of a matmul as fp32, which holds every narrower float exactly.</summary>
internal static unsafe class Widen
{
    /// <summary>
    /// dst[k * dstStride + i] = element i of a run of partition k, i &lt; count, for every partition of the tile;
    /// <paramref name="src"/> is the run in partition 0.
    /// </summary>
    public static void Rows(in Tile tile, byte* src, int count, float* dst, int dstStride)
    {
        if (tile.Stride3 != tile.DType.Size())
            Strided(tile, src, count, dst, dstStride);
        else if (tile.DType == DType.Bf16)
            Dense<Bf16Codec>(tile, src, count, dst, dstStride);
        else if (tile.DType == DType.Fp16)
            Dense<Fp16Codec>(tile, src, count, dst, dstStride);
        else if (tile.DType == DType.Fp32)
            Dense<Fp32Codec>(tile, src, count, dst, dstStride);
        else if (tile.DType == DType.Fp8E4M3)
            Dense<Fp8Codec<E4M3>>(tile, src, count, dst, dstStride);
        else if (tile.DType == DType.Fp8E4M3Fn)
            Dense<Fp8Codec<E4M3Fn>>(tile, src, count, dst, dstStride);
        else if (tile.DType == DType.Fp8E5M2)
            Dense<Fp8Codec<E5M2>>(tile, src, count, dst, dstStride);
        else
            Converted(tile, src, count, dst, dstStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dense<TCodec>(in Tile tile, byte* src, int count, float* dst, int dstStride)
        where TCodec : struct, ICodec
    {
        var whole = count & ~15;
        for (var k = 0; k < tile.Partitions; k++, src += tile.PartitionStride, dst += dstStride)
        {
            for (var i = 0; i < whole; i += 16) TCodec.Load(src + i * TCodec.Size).Store(dst + i);
            for (var i = whole; i < count; i++) dst[i] = One(tile.DType, src + i * TCodec.Size);
        }
    }

    /// <summary>Other dtypes, a row at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Converted(in Tile tile, byte* src, int count, float* dst, int dstStride)
    {
        for (var k = 0; k < tile.Partitions; k++, src += tile.PartitionStride, dst += dstStride)
            Conversions.Widen(tile.DType, src, dst, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strided(in Tile tile, byte* src, int count, float* dst, int dstStride)
    {
        for (var k = 0; k < tile.Partitions; k++, src += tile.PartitionStride, dst += dstStride)
        {
            for (var i = 0; i < count; i++) dst[i] = One(tile.DType, src + i * tile.Stride3);
        }
    }

    private static float One(DType dtype, byte* src) => dtype switch
    {
        DType.Bf16 => BitConverter.UInt32BitsToSingle((uint)Unsafe.ReadUnaligned<ushort>(src) << 16),
        DType.Fp16 => (float)Unsafe.ReadUnaligned<Half>(src),
        DType.Fp32 => Unsafe.ReadUnaligned<float>(src),
        _ => Converted(dtype, src),
    };

    private static float Converted(DType dtype, byte* src)
    {
        float value;
        Conversions.Widen(dtype, src, &value, 1);
        return value;
    }
}
