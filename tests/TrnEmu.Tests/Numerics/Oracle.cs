using System.Numerics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Numerics;

/// <summary>
/// Elements and ALU operators one at a time, from the documents, by means other than those of the code under test.
/// </summary>
internal static class Oracle
{
    /// <summary>fp32 of an element's bits.</summary>
    public static float Value(DType dtype, uint bits) => dtype switch
    {
        DType.Fp32 => BitConverter.UInt32BitsToSingle(bits),
        DType.Bf16 => BitConverter.UInt32BitsToSingle(bits * 65536),
        DType.Fp16 => (float)BitConverter.UInt16BitsToHalf((ushort)bits),
        DType.Tf32 => BitConverter.UInt32BitsToSingle(bits - bits % 8192),
        DType.E8M0 => bits == 255 ? float.NaN : (float)Math.Pow(2, (int)bits - 127),
        _ when dtype.IsFloat() => (float)SmallFloats.Value(dtype, bits),
        _ => (float)Integer(dtype, bits),
    };

    /// <summary>The integer that an element's bits stand for.</summary>
    public static long Integer(DType dtype, uint bits) => dtype switch
    {
        DType.Int32 => (int)bits,
        DType.UInt32 => bits,
        DType.Int16 => (short)bits,
        DType.UInt16 => (ushort)bits,
        DType.Int8 => (sbyte)bits,
        DType.UInt8 => (byte)bits,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype)),
    };

    /// <summary>The bits of the element nearest to an fp32 value.</summary>
    public static uint Bits(DType dtype, float value)
    {
        var whole = float.IsNaN(value) ? 0 : Math.Round((double)value, MidpointRounding.ToEven);
        if (dtype.IsInteger()) return Saturate(dtype, whole);
        if (dtype == DType.E8M0) return Scale(value);
        if (dtype.Size() == 1) return SmallFloats.Nearest(dtype, value);
        if (float.IsNaN(value)) return dtype == DType.Bf16 ? 0x7fc0u : dtype == DType.Fp16 ? 0x7e00u : 0x7fc00000u;
        return dtype switch
        {
            DType.Fp32 => BitConverter.SingleToUInt32Bits(value),
            DType.Tf32 => Shortened(value, 8192),
            DType.Bf16 => Shortened(value, 65536) / 65536,
            _ => BitConverter.HalfToUInt16Bits((Half)value),
        };
    }

    /// <summary>The integer nearest to a whole number, as bits of the dtype's size.</summary>
    public static uint Saturate(DType dtype, double whole)
    {
        var size = dtype.Size() * 8;
        var signed = dtype is DType.Int32 or DType.Int16 or DType.Int8;
        var low = signed ? -Math.Pow(2, size - 1) : 0;
        var high = (signed ? Math.Pow(2, size - 1) : Math.Pow(2, size)) - 1;
        return (uint)((long)Math.Clamp(whole, low, high) & ((1L << size) - 1));
    }

    /// <summary>x op y in fp32; power is tested elsewhere.</summary>
    public static float Alu(AluOp op, float x, float y) => op switch
    {
        AluOp.Bypass => x,
        AluOp.Add => x + y,
        AluOp.Subtract => x - y,
        AluOp.Multiply => x * y,
        AluOp.Maximum => MathF.Max(x, y),
        AluOp.Minimum => MathF.Min(x, y),
        AluOp.AbsMax => MathF.Abs(x) > MathF.Abs(y) ? x : y,
        AluOp.AbsMin => MathF.Abs(x) < MathF.Abs(y) ? x : y,
        AluOp.Equal => x == y ? 1 : 0,
        AluOp.NotEqual => x != y ? 1 : 0,
        AluOp.GreaterEqual => x >= y ? 1 : 0,
        AluOp.Greater => x > y ? 1 : 0,
        AluOp.LessEqual => x <= y ? 1 : 0,
        AluOp.Less => x < y ? 1 : 0,
        AluOp.LogicalAnd => x != 0 && y != 0 ? 1 : 0,
        AluOp.LogicalOr => x != 0 || y != 0 ? 1 : 0,
        AluOp.LogicalXor => (x != 0) != (y != 0) ? 1 : 0,
        AluOp.Abs => MathF.Abs(x),
        AluOp.Square => x * x,
        AluOp.Relu => float.IsNaN(x) ? x : x > 0 ? x : 0,
        AluOp.Rsqrt => (float)(1 / Math.Sqrt(x)),
        AluOp.Reciprocal => 1 / x,
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    /// <summary>x op y on integers of 32 bits.</summary>
    public static uint Alu(AluOp op, bool signed, uint x, uint y)
    {
        var (a, b) = signed ? ((long)(int)x, (long)(int)y) : (x, y);
        return op switch
        {
            AluOp.Bypass => x,
            AluOp.Add => (uint)(a + b),
            AluOp.Subtract => (uint)(a - b),
            AluOp.Multiply => (uint)((Int128)a * b & uint.MaxValue),
            AluOp.Maximum => (uint)Math.Max(a, b),
            AluOp.Minimum => (uint)Math.Min(a, b),
            AluOp.Power => Power(a, b),
            AluOp.AbsMax => (uint)(Math.Abs(a) > Math.Abs(b) ? a : b),
            AluOp.AbsMin => (uint)(Math.Abs(a) < Math.Abs(b) ? a : b),
            AluOp.Equal => a == b ? 1u : 0,
            AluOp.NotEqual => a != b ? 1u : 0,
            AluOp.GreaterEqual => a >= b ? 1u : 0,
            AluOp.Greater => a > b ? 1u : 0,
            AluOp.LessEqual => a <= b ? 1u : 0,
            AluOp.Less => a < b ? 1u : 0,
            AluOp.BitwiseAnd => x & y,
            AluOp.BitwiseOr => x | y,
            AluOp.BitwiseXor => x ^ y,
            AluOp.Invert => uint.MaxValue - x,
            AluOp.LeftShift => y > 31 ? 0 : (uint)((ulong)x * (1ul << (int)y)),
            AluOp.RightShift => y > 31 ? 0 : x / (1u << (int)y),
            _ => throw new ArgumentOutOfRangeException(nameof(op)),
        };
    }

    /// <summary>x^y modulo 2^32; below 0 the real power to nearest even.</summary>
    private static uint Power(long x, long y) => y >= 0
        ? (uint)BigInteger.ModPow((uint)x, y, BigInteger.One << 32)
        : Saturate(DType.Int32, Math.Round(Math.Pow(x, y), MidpointRounding.ToEven));

    /// <summary>The exponent of a power of two, of anything else NaN.</summary>
    private static uint Scale(float value)
    {
        for (var bits = 0u; bits < 255; bits++)
        {
            if (Math.Pow(2, (int)bits - 127) == value) return bits;
        }

        return 255;
    }

    /// <summary>
    /// Of the two neighbours whose low bits are 0 the nearer, of equally near ones the even; 2^128 stands for Inf.
    /// </summary>
    private static uint Shortened(float value, uint step)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var below = bits - bits % step;
        if (float.IsInfinity(value)) return below;
        var (low, high) = (Wide(below), Wide(below + step));
        var (down, up) = (Math.Abs(value - low), Math.Abs(high - value));
        return down < up || (down == up && below / step % 2 == 0) ? below : below + step;
    }

    private static double Wide(uint bits) => (bits & 0x7fffffff) == 0x7f800000
        ? Math.CopySign(Math.Pow(2, 128), bits > 0x7fffffff ? -1 : 1)
        : BitConverter.UInt32BitsToSingle(bits);
}
