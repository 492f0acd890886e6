using System.Numerics;

namespace TrnEmu.Core.Numerics.Operators;

/// <summary>x op y on 32-bit integers, int or uint: modulo 2^32, comparisons 1 or 0.</summary>
internal interface IIntegerOperator
{
    static abstract T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T>;
}

/// <summary>x</summary>
internal readonly struct IntegerBypass : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => x;
}

/// <summary>x + y</summary>
internal readonly struct IntegerAdd : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => unchecked(x + y);
}

/// <summary>x - y</summary>
internal readonly struct IntegerSubtract : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => unchecked(x - y);
}

/// <summary>x y</summary>
internal readonly struct IntegerMultiply : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => unchecked(x * y);
}

/// <summary>The larger.</summary>
internal readonly struct IntegerMaximum : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => T.Max(x, y);
}

/// <summary>The smaller.</summary>
internal readonly struct IntegerMinimum : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => T.Min(x, y);
}

/// <summary>x = y</summary>
internal readonly struct IntegerEqual : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => x == y ? T.One : T.Zero;
}

/// <summary>x ≠ y</summary>
internal readonly struct IntegerNotEqual : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => x != y ? T.One : T.Zero;
}

/// <summary>x ≥ y</summary>
internal readonly struct IntegerGreaterEqual : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => x >= y ? T.One : T.Zero;
}

/// <summary>x &gt; y</summary>
internal readonly struct IntegerGreater : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => x > y ? T.One : T.Zero;
}

/// <summary>x ≤ y</summary>
internal readonly struct IntegerLessEqual : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => x <= y ? T.One : T.Zero;
}

/// <summary>x &lt; y</summary>
internal readonly struct IntegerLess : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => x < y ? T.One : T.Zero;
}

/// <summary>The bits set in both.</summary>
internal readonly struct IntegerAnd : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => x & y;
}

/// <summary>The bits set in one or both.</summary>
internal readonly struct IntegerOr : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => x | y;
}

/// <summary>The bits set in one alone.</summary>
internal readonly struct IntegerXor : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => x ^ y;
}

/// <summary>The bits not set in x.</summary>
internal readonly struct IntegerInvert : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => ~x;
}

/// <summary>The bits moved up, zeros below.</summary>
internal readonly struct IntegerLeftShift : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => T.Zero <= y && y < T.CreateTruncating(32) ? x << int.CreateTruncating(y) : T.Zero;
}

/// <summary>The bits moved down, zeros above.</summary>
internal readonly struct IntegerRightShift : IIntegerOperator
{
    public static T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T> => T.Zero <= y && y < T.CreateTruncating(32) ? x >>> int.CreateTruncating(y) : T.Zero;
}
