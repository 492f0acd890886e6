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
