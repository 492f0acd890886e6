using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// The ALU operators one element at a time. An operator with a tolerance gives all results that it may have.
/// </summary>
internal static class Alu
{
    /// <summary>(x op0 y0) op1 y1, each operator rounded by itself; op1 may be absent.</summary>
    public static float[] Chain(float x, AluOp op0, float y0, bool reverse0, AluOp? op1, float y1, bool reverse1)
    {
        var first = Apply(op0, x, y0, reverse0);
        return op1 is { } op ? [.. first.SelectMany(v => Apply(op, v, y1, reverse1))] : first;
    }

    /// <summary>x op y, or y op x.</summary>
    public static float[] Apply(AluOp op, float x, float y, bool reverse) =>
        reverse && !op.IsUnary() ? Apply(op, y, x) : Apply(op, x, y);

    /// <summary>x op y in fp32.</summary>
    public static float[] Apply(AluOp op, float x, float y) => op switch
    {
        AluOp.Power => Near.To(Math.Pow(x, y)),
        AluOp.Rsqrt => Near.To(1 / Math.Sqrt(x)),
        _ => [Exact(op, x, y)],
    };

    /// <summary>x op y for the operators that have one right result.</summary>
    public static float Exact(AluOp op, float x, float y) => op switch
    {
        AluOp.Add => x + y,
        AluOp.Subtract => x - y,
        AluOp.Multiply => x * y,
        AluOp.Maximum => Larger(x, y),
        AluOp.Minimum => -Larger(-x, -y),
        AluOp.AbsMax => Math.Abs(x) > Math.Abs(y) ? x : y,
        AluOp.AbsMin => Math.Abs(x) < Math.Abs(y) ? x : y,
        AluOp.Abs => Math.Abs(x),
        AluOp.Square => x * x,
        AluOp.Relu => Larger(x, 0),
        AluOp.Reciprocal => 1 / x,
        _ => Truth(op, x, y) ? 1 : 0,
    };

    /// <summary>x op y as 32-bit integers, modulo 2^32; the bits of the result.</summary>
    public static uint Integer(AluOp op, uint x, uint y, bool isUnsigned)
    {
        long a = isUnsigned ? x : (int)x;
        long b = isUnsigned ? y : (int)y;
        return op switch
        {
            AluOp.Add => (uint)(a + b),
            AluOp.Subtract => (uint)(a - b),
            AluOp.Multiply => (uint)(ulong)((Int128)a * b),
            AluOp.Power => Power(a, b),
            AluOp.AbsMax => (uint)(Math.Abs(a) > Math.Abs(b) ? a : b),
            AluOp.AbsMin => (uint)(Math.Abs(a) < Math.Abs(b) ? a : b),
            AluOp.Maximum => (uint)Math.Max(a, b),
            AluOp.Minimum => (uint)Math.Min(a, b),
            _ => Truth(op, a.CompareTo(b), 0, a != 0, b != 0) ? 1u : 0,
        };
    }

    /// <summary>
    /// x op y on 32 bits. Narrower integers come with zeros above and leave their low bits; between the two operators
    /// of a tensor_scalar all 32 are kept, which no document says, but "0 from 32 on" of the shifts suggests.
    /// </summary>
    public static uint Bits(AluOp op, uint x, uint y) => op switch
    {
        AluOp.BitwiseAnd => x & y,
        AluOp.BitwiseOr => x | y,
        AluOp.BitwiseXor => x ^ y,
        AluOp.Invert => ~x,
        AluOp.LeftShift => y < 32 ? x << (int)y : 0,
        AluOp.RightShift => y < 32 ? x >> (int)y : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "no bitwise operator"),
    };

    /// <summary>
    /// x multiplied y times with itself, modulo 2^32; x^(2^32) is one of 0 and 1. Below 0 as fp32: 1 / x^-y, to nearest
    /// even.
    /// </summary>
    private static uint Power(long x, long y)
    {
        if (y < 0) return (uint)(int)Math.Clamp(Math.Round(Math.Pow(x, y), MidpointRounding.ToEven), int.MinValue, int.MaxValue);
        var (result, factor) = ((UInt128)1, (UInt128)(uint)x);
        for (; y > 0; y /= 2)
        {
            if (y % 2 == 1) result = result * factor % (1ul << 32);
            factor = factor * factor % (1ul << 32);
        }

        return (uint)result;
    }

    /// <summary>A comparison or logical operator; a NaN is true, and differs from everything.</summary>
    private static bool Truth(AluOp op, float x, float y) => Truth(op, x, y, x != 0, y != 0);

    private static bool Truth(AluOp op, float x, float y, bool isX, bool isY) => op switch
    {
        AluOp.Equal => x == y,
        AluOp.NotEqual => x != y,
        AluOp.GreaterEqual => x >= y,
        AluOp.Greater => x > y,
        AluOp.LessEqual => x <= y,
        AluOp.Less => x < y,
        AluOp.LogicalAnd => isX && isY,
        AluOp.LogicalOr => isX || isY,
        AluOp.LogicalXor => isX != isY,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "no arithmetic operator"),
    };

    private static float Larger(float x, float y)
    {
        if (float.IsNaN(x) || float.IsNaN(y)) return float.NaN;
        if (x == y) return float.IsNegative(x) ? y : x;
        return x > y ? x : y;
    }
}
