using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Codecs;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>Packed inputs of a matmul as fp32: four rows for each partition.</summary>
internal static unsafe class WidenPacked
{
    private const int Lanes = 16;
    private const int Fours = 4;

    /// <summary>How one of the four parts of 16 elements becomes fp32.</summary>
    private interface IPart
    {
        /// <summary>From the low bits of each lane; what lies above them is another part's.</summary>
        static abstract Vector512<float> Widen(Vector512<uint> bits);
    }

    /// <summary>
    /// dst[(4 k + j) * dstStride + i] = part j of element i of a run of partition k, i &lt; count, for every partition
    /// of the tile; <paramref name="src"/> is the run in partition 0.
    /// </summary>
    public static void Rows(in Tile tile, byte* src, int count, float* dst, int dstStride)
    {
        if (tile.DType == DType.Fp8E4M3FnX4) Rows<Fp8Part<Fp8Codec<E4M3Fn>>>(tile, src, count, dst, dstStride);
        else if (tile.DType == DType.Fp8E5M2X4) Rows<Fp8Part<Fp8Codec<E5M2>>>(tile, src, count, dst, dstStride);
        else Rows<Fp4Part>(tile, src, count, dst, dstStride);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TPart>(in Tile tile, byte* src, int count, float* dst, int dstStride)
        where TPart : struct, IPart
    {
        var size = tile.DType.Size();
        var isDense = tile.Stride3 == size;
        var rest = stackalloc byte[Lanes * sizeof(uint)];
        var values = stackalloc float[Lanes];
        for (var k = 0; k < tile.Partitions; k++, src += tile.PartitionStride, dst += Fours * dstStride)
        {
            for (var i = 0; i < count; i += Lanes)
            {
                var here = Math.Min(Lanes, count - i);
                var elements = src + i * tile.Stride3;
                if (!isDense || here < Lanes) Bytes.Run(rest, size, elements, tile.Stride3, here, size);
                var bits = Bits(isDense && here == Lanes ? elements : rest, size);
                for (var j = 0; j < Fours; j++, bits >>>= size * 8 / Fours)
                {
                    var to = dst + j * dstStride + i;
                    TPart.Widen(bits).Store(here == Lanes ? to : values);
                    if (here < Lanes) new ReadOnlySpan<float>(values, here).CopyTo(new Span<float>(to, here));
                }
            }
        }
    }

    private static Vector512<uint> Bits(byte* elements, int size) => size == sizeof(uint)
        ? Vector512.Load((uint*)elements)
        : Packing.Widen(Vector256.Load((ushort*)elements));

    /// <summary>An 8-bit float.</summary>
    private readonly struct Fp8Part<TCodec> : IPart
        where TCodec : struct, ICodec
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Widen(Vector512<uint> bits)
        {
            var part = Packing.Narrow8(bits & Vector512.Create(0xffu));
            return TCodec.Load((byte*)&part);
        }
    }

    /// <summary>Sign, 2 exponent bits (bias 1), 1 fraction bit.</summary>
    private readonly struct Fp4Part : IPart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Widen(Vector512<uint> bits)
        {
            // As for fp8: one exact product, with 2^126, moves the exponent and makes the denormal normal.
            var magnitude = ((bits & Vector512.Create(7u)) << 22).AsSingle() * Vector512.Create(253u << 23).AsSingle();
            return (magnitude.AsUInt32() | ((bits & Vector512.Create(8u)) << 28)).AsSingle();
        }
    }
}
