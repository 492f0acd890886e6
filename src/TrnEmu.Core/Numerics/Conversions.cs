using System.Runtime.CompilerServices;
using TrnEmu.Core.Numerics.Codecs;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// Elements of every dtype to fp32 and back. Widening is exact but for int32 and uint32 beyond 2^24, which round to
/// nearest even. Narrowing rounds to nearest even and keeps denormals; floats overflow to Inf, or to NaN where the format
/// has no Inf (e4m3fn), and write NaN as fp32 and tf32 0x7fc00000, bf16 0x7fc0, fp16 0x7e00, fp8 0x7f; integers saturate
/// and write NaN as 0 (nki.language, "Supported Data Types"). An e8m0 keeps powers of two alone, anything else becomes its
/// NaN; packed types are not converted.
/// </summary>
public static unsafe class Conversions
{
    /// <summary>values[i] = fp32(source[i]); <paramref name="source"/> holds as many elements as values.</summary>
    /// <exception cref="ArgumentException">The spans differ in elements.</exception>
    public static void Widen(DType dtype, ReadOnlySpan<byte> source, Span<float> values)
    {
        Check(dtype, source.Length, values.Length);
        fixed (byte* from = source)
        fixed (float* to = values)
        {
            Widen(dtype, from, to, values.Length);
        }
    }

    /// <summary>
    /// destination[i] = dtype(values[i]); <paramref name="destination"/> holds as many elements as values.
    /// </summary>
    /// <exception cref="ArgumentException">The spans differ in elements.</exception>
    public static void Narrow(DType dtype, ReadOnlySpan<float> values, Span<byte> destination)
    {
        Check(dtype, destination.Length, values.Length);
        fixed (float* from = values)
        fixed (byte* to = destination)
        {
            Narrow(dtype, from, to, values.Length);
        }
    }

    /// <summary>The value that <paramref name="dtype"/> keeps of <paramref name="value"/>, as fp32.</summary>
    public static float Round(DType dtype, float value)
    {
        var bytes = stackalloc byte[4];
        Narrow(dtype, &value, bytes, 1);
        Widen(dtype, bytes, &value, 1);
        return value;
    }

    internal static void Widen(DType dtype, byte* from, float* to, int count)
    {
        switch (dtype)
        {
            case DType.Fp32: Convert<Bits32Codec, Bits32Codec>(from, (byte*)to, count); break;
            case DType.Bf16: Convert<Bf16Codec, Bits32Codec>(from, (byte*)to, count); break;
            case DType.Fp16: Convert<Fp16Codec, Bits32Codec>(from, (byte*)to, count); break;
            case DType.Tf32: Convert<Tf32Codec, Bits32Codec>(from, (byte*)to, count); break;
            case DType.Fp8E4M3: Convert<Fp8Codec<E4M3>, Bits32Codec>(from, (byte*)to, count); break;
            case DType.Fp8E4M3Fn: Convert<Fp8Codec<E4M3Fn>, Bits32Codec>(from, (byte*)to, count); break;
            case DType.Fp8E5M2: Convert<Fp8Codec<E5M2>, Bits32Codec>(from, (byte*)to, count); break;
            case DType.E8M0: Convert<E8M0Codec, Bits32Codec>(from, (byte*)to, count); break;
            case DType.Int32: Convert<Int32Codec, Bits32Codec>(from, (byte*)to, count); break;
            case DType.UInt32: Convert<UInt32Codec, Bits32Codec>(from, (byte*)to, count); break;
            case DType.Int16: Convert<Int16Codec, Bits32Codec>(from, (byte*)to, count); break;
            case DType.UInt16: Convert<UInt16Codec, Bits32Codec>(from, (byte*)to, count); break;
            case DType.Int8: Convert<Int8Codec, Bits32Codec>(from, (byte*)to, count); break;
            case DType.UInt8: Convert<UInt8Codec, Bits32Codec>(from, (byte*)to, count); break;
            default: throw NotConverted(dtype);
        }
    }

    internal static void Narrow(DType dtype, float* from, byte* to, int count)
    {
        switch (dtype)
        {
            case DType.Fp32: Convert<Bits32Codec, Fp32Codec>((byte*)from, to, count); break;
            case DType.Bf16: Convert<Bits32Codec, Bf16Codec>((byte*)from, to, count); break;
            case DType.Fp16: Convert<Bits32Codec, Fp16Codec>((byte*)from, to, count); break;
            case DType.Tf32: Convert<Bits32Codec, Tf32Codec>((byte*)from, to, count); break;
            case DType.Fp8E4M3: Convert<Bits32Codec, Fp8Codec<E4M3>>((byte*)from, to, count); break;
            case DType.Fp8E4M3Fn: Convert<Bits32Codec, Fp8Codec<E4M3Fn>>((byte*)from, to, count); break;
            case DType.Fp8E5M2: Convert<Bits32Codec, Fp8Codec<E5M2>>((byte*)from, to, count); break;
            case DType.E8M0: Convert<Bits32Codec, E8M0Codec>((byte*)from, to, count); break;
            case DType.Int32: Convert<Bits32Codec, Int32Codec>((byte*)from, to, count); break;
            case DType.UInt32: Convert<Bits32Codec, UInt32Codec>((byte*)from, to, count); break;
            case DType.Int16: Convert<Bits32Codec, Int16Codec>((byte*)from, to, count); break;
            case DType.UInt16: Convert<Bits32Codec, UInt16Codec>((byte*)from, to, count); break;
            case DType.Int8: Convert<Bits32Codec, Int8Codec>((byte*)from, to, count); break;
            case DType.UInt8: Convert<Bits32Codec, UInt8Codec>((byte*)from, to, count); break;
            default: throw NotConverted(dtype);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Convert<TFrom, TTo>(byte* from, byte* to, int count)
        where TFrom : struct, ICodec
        where TTo : struct, ICodec
    {
        var whole = count & ~15;
        for (var i = 0; i < whole; i += 16) TTo.Store(to + i * TTo.Size, TFrom.Load(from + i * TFrom.Size));
        if (whole == count) return;
        var left = (uint)(count - whole);
        var a = stackalloc byte[64];
        var b = stackalloc byte[64];
        Unsafe.CopyBlockUnaligned(a, from + whole * TFrom.Size, left * (uint)TFrom.Size);
        TTo.Store(b, TFrom.Load(a));
        Unsafe.CopyBlockUnaligned(to + whole * TTo.Size, b, left * (uint)TTo.Size);
    }

    internal static ArgumentOutOfRangeException NotConverted(DType dtype) =>
        new(nameof(dtype), dtype.Name(), "packed elements have no single value");

    private static void Check(DType dtype, int bytes, int values)
    {
        if (bytes != (long)values * dtype.Size())
        {
            throw new ArgumentException($"{bytes} bytes are not {values} elements of {dtype.Name()}");
        }
    }
}
