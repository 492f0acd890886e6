using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Operators;

/// <summary>x op y on 32-bit integers, int or uint: modulo 2^32, comparisons 1 or 0.</summary>
internal interface IIntegerOperator
{
    static abstract Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y);
}

/// <summary>x</summary>
internal readonly struct IntegerBypass : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        x;
}

/// <summary>x + y</summary>
internal readonly struct IntegerAdd : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        x + y;
}

/// <summary>x - y</summary>
internal readonly struct IntegerSubtract : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        x - y;
}

/// <summary>x y</summary>
internal readonly struct IntegerMultiply : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        x * y;
}

/// <summary>
/// x^y modulo 2^32. A signed y below 0 gives what fp32 does: 1 / x^-y rounded to nearest even, the largest int where x is
/// 0.
/// </summary>
internal readonly struct IntegerPower : IIntegerOperator
{
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
    {
        var (bits, exponents) = (x.AsUInt32(), y.AsUInt32());
        for (var i = 0; i < Vector512<uint>.Count; i++)
        {
            var isNegative = typeof(T) == typeof(int) && (int)exponents[i] < 0;
            bits = bits.WithElement(i, isNegative ? Inverse((int)bits[i], exponents[i]) : Raise(bits[i], exponents[i]));
        }

        return bits.As<uint, T>();
    }

    /// <summary>By squares: x^y is the product of x^(2^k) over the bits k of y.</summary>
    private static uint Raise(uint x, uint y)
    {
        uint result = 1;
        for (; y != 0; y >>= 1, x *= x) result *= (y & 1) != 0 ? x : 1;
        return result;
    }

    /// <summary>1 / 2 rounds to 0, and 1 / 1 and 1 / -1 to themselves.</summary>
    private static uint Inverse(int x, uint exponent) => x switch
    {
        0 => int.MaxValue,
        1 or -1 => Raise((uint)x, exponent),
        _ => 0,
    };
}

/// <summary>x or y, whichever is larger in magnitude; y of equals.</summary>
internal readonly struct IntegerAbsMax : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) => Vector512.ConditionalSelect(
        Vector512.GreaterThan(Magnitude.Of(x), Magnitude.Of(y)).As<uint, T>(), x, y);
}

/// <summary>x or y, whichever is smaller in magnitude; y of equals.</summary>
internal readonly struct IntegerAbsMin : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) => Vector512.ConditionalSelect(
        Vector512.LessThan(Magnitude.Of(x), Magnitude.Of(y)).As<uint, T>(), x, y);
}

/// <summary>|x| as an unsigned integer, which holds that of the smallest int too.</summary>
internal static class Magnitude
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Of<T>(Vector512<T> x) =>
        typeof(T) == typeof(int) ? Vector512.Abs(x.AsInt32()).AsUInt32() : x.AsUInt32();
}

/// <summary>The larger.</summary>
internal readonly struct IntegerMaximum : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        Vector512.Max(x, y);
}

/// <summary>The smaller.</summary>
internal readonly struct IntegerMinimum : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        Vector512.Min(x, y);
}

/// <summary>x = y</summary>
internal readonly struct IntegerEqual : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        Vector512.Equals(x, y) & Vector512<T>.One;
}

/// <summary>x ≠ y</summary>
internal readonly struct IntegerNotEqual : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        Vector512.AndNot(Vector512<T>.One, Vector512.Equals(x, y));
}

/// <summary>x ≥ y</summary>
internal readonly struct IntegerGreaterEqual : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        Vector512.GreaterThanOrEqual(x, y) & Vector512<T>.One;
}

/// <summary>x &gt; y</summary>
internal readonly struct IntegerGreater : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        Vector512.GreaterThan(x, y) & Vector512<T>.One;
}

/// <summary>x ≤ y</summary>
internal readonly struct IntegerLessEqual : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        Vector512.LessThanOrEqual(x, y) & Vector512<T>.One;
}

/// <summary>x &lt; y</summary>
internal readonly struct IntegerLess : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        Vector512.LessThan(x, y) & Vector512<T>.One;
}

/// <summary>The bits set in both.</summary>
internal readonly struct IntegerAnd : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        x & y;
}

/// <summary>The bits set in one or both.</summary>
internal readonly struct IntegerOr : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        x | y;
}

/// <summary>The bits set in one alone.</summary>
internal readonly struct IntegerXor : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        x ^ y;
}

/// <summary>The bits not set in x.</summary>
internal readonly struct IntegerInvert : IIntegerOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) =>
        ~x;
}

/// <summary>The bits moved up, zeros below.</summary>
internal readonly struct IntegerLeftShift : IIntegerOperator
{
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
    {
        var (bits, by) = (x.AsUInt32(), y.AsUInt32());
        for (var i = 0; i < Vector512<uint>.Count; i++)
            bits = bits.WithElement(i, by[i] < 32 ? bits[i] << (int)by[i] : 0);
        return bits.As<uint, T>();
    }
}

/// <summary>The bits moved down, zeros above.</summary>
internal readonly struct IntegerRightShift : IIntegerOperator
{
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
    {
        var (bits, by) = (x.AsUInt32(), y.AsUInt32());
        for (var i = 0; i < Vector512<uint>.Count; i++)
            bits = bits.WithElement(i, by[i] < 32 ? bits[i] >> (int)by[i] : 0);
        return bits.As<uint, T>();
    }
}
