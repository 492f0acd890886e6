using System.Runtime.CompilerServices;
using TrnEmu.Core.Numerics.Codecs;

namespace TrnEmu.Core.Numerics;

/// <summary>Integer values to elements of every dtype; elements to bits, and back.</summary>
internal static unsafe class IntegerConversions
{
    /// <summary>to[i] = from[i] saturated to the integer type, or rounded to fp32 and then to the float type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromInt32(DType dtype, int* from, byte* to, int count)
    {
        switch (dtype)
        {
            case DType.Fp32: Conversions.Convert<Int32Codec, Fp32Codec>((byte*)from, to, count); break;
            case DType.Bf16: Conversions.Convert<Int32Codec, Bf16Codec>((byte*)from, to, count); break;
            case DType.Fp16: Conversions.Convert<Int32Codec, Fp16Codec>((byte*)from, to, count); break;
            case DType.Tf32: Conversions.Convert<Int32Codec, Tf32Codec>((byte*)from, to, count); break;
            case DType.Fp8E4M3: Conversions.Convert<Int32Codec, Fp8Codec<E4M3>>((byte*)from, to, count); break;
            case DType.Fp8E4M3Fn: Conversions.Convert<Int32Codec, Fp8Codec<E4M3Fn>>((byte*)from, to, count); break;
            case DType.Fp8E5M2: Conversions.Convert<Int32Codec, Fp8Codec<E5M2>>((byte*)from, to, count); break;
            case DType.E8M0: Conversions.Convert<Int32Codec, E8M0Codec>((byte*)from, to, count); break;
            case DType.Int32: Conversions.Convert<Bits32Codec, Bits32Codec>((byte*)from, to, count); break;
            case DType.UInt32:
                for (var i = 0; i < count; i++) ((uint*)to)[i] = (uint)Math.Max(from[i], 0);
                break;
            case DType.Int16: Conversions.Convert<Int32Codec, Int16Codec>((byte*)from, to, count); break;
            case DType.UInt16: Conversions.Convert<Int32Codec, UInt16Codec>((byte*)from, to, count); break;
            case DType.Int8: Conversions.Convert<Int32Codec, Int8Codec>((byte*)from, to, count); break;
            case DType.UInt8: Conversions.Convert<Int32Codec, UInt8Codec>((byte*)from, to, count); break;
            default: throw Conversions.NotConverted(dtype);
        }
    }

    /// <summary>to[i] = the bits of from[i], zero above its size.</summary>
    public static void ToBits(int size, byte* from, uint* to, int count)
    {
        switch (size)
        {
            case 1: Conversions.Convert<Bits8Codec, Bits32Codec>(from, (byte*)to, count); break;
            case 2: Conversions.Convert<Bits16Codec, Bits32Codec>(from, (byte*)to, count); break;
            default: Conversions.Convert<Bits32Codec, Bits32Codec>(from, (byte*)to, count); break;
        }
    }

    /// <summary>to[i] = the low bits of from[i].</summary>
    public static void FromBits(int size, uint* from, byte* to, int count)
    {
        switch (size)
        {
            case 1: Conversions.Convert<Bits32Codec, Bits8Codec>((byte*)from, to, count); break;
            case 2: Conversions.Convert<Bits32Codec, Bits16Codec>((byte*)from, to, count); break;
            default: Conversions.Convert<Bits32Codec, Bits32Codec>((byte*)from, to, count); break;
        }
    }
}
