using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>Operands of a matmul as fp32, which holds every bf16 and fp16 exactly. NaN payloads are not kept.</summary>
internal static unsafe class Widen
{
    private const float TwoTo112 = 5.192296858534828e33f;

    /// <summary>
    /// dst[k * dstStride + i] = element i of a run of partition k, i &lt; count, for every partition of the tile;
    /// <paramref name="src"/> is the run in partition 0.
    /// </summary>
    public static void Rows(in Tile tile, byte* src, int count, float* dst, int dstStride)
    {
        var (dtype, stride) = (tile.DType, tile.Stride3);
        var dense = stride == dtype.Size();
        for (var k = 0; k < tile.Partitions; k++, src += tile.PartitionStride, dst += dstStride)
        {
            if (!dense)
                for (var i = 0; i < count; i++) dst[i] = One(dtype, src + i * stride);
            else if (dtype == DType.Bf16)
                Bf16((ushort*)src, count, dst);
            else if (dtype == DType.Fp16)
                Fp16((ushort*)src, count, dst);
            else
                Unsafe.CopyBlockUnaligned(dst, src, (uint)count * sizeof(float));
        }
    }

    /// <summary>One element as fp32.</summary>
    public static float One(DType dtype, byte* src) => dtype switch
    {
        DType.Bf16 => Bf16(Unsafe.ReadUnaligned<ushort>(src)),
        DType.Fp16 => (float)Unsafe.ReadUnaligned<Half>(src),
        _ => Unsafe.ReadUnaligned<float>(src),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Bf16(ushort* src, int count, float* dst)
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= count - 16; i += 16)
                (Vector512.WidenLower(Half(src + i)) << 16).AsSingle().Store(dst + i);
        }
        else
        {
            for (; i <= count - 8; i += 8)
                (Vector256.WidenLower(Vector128.Load(src + i).ToVector256Unsafe()) << 16).AsSingle().Store(dst + i);
        }

        for (; i < count; i++) dst[i] = Bf16(src[i]);
    }

    private static float Bf16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>16 values into the half of a vector that is going to be widened.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> Half(ushort* src) => Vector256.Load(src).ToVector512Unsafe();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fp16(ushort* src, int count, float* dst)
    {
        var i = 0;
        for (; i <= count - 8; i += 8)
            Fp16(Vector256.WidenLower(Vector128.Load(src + i).ToVector256Unsafe())).Store(dst + i);
        for (; i < count; i++) dst[i] = (float)BitConverter.UInt16BitsToHalf(src[i]);
    }

    /// <summary>
    /// Exponent and fraction in the places of fp32, times 2^112 (the difference of the biases), which is exact for subnormals
    /// too; what came out as 2^16 or more was an infinity or NaN and gets the largest exponent.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Fp16(Vector256<uint> bits)
    {
        var magnitude = ((bits & Vector256.Create(0x7fffu)) << 13).AsSingle() * Vector256.Create(TwoTo112);
        var special = Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(65536f)).AsUInt32();
        return (magnitude.AsUInt32() | (special & Vector256.Create(0x7f800000u))
            | ((bits & Vector256.Create(0x8000u)) << 16)).AsSingle();
    }
}
