namespace TrnEmu.Core.Numerics;

/// <summary>Converts between contiguous elements and four-byte values, one way or the other.</summary>
internal unsafe interface IMover
{
    static abstract bool Writes { get; }

    static abstract void Convert(DType dtype, byte* elements, byte* values, int count);
}

internal readonly unsafe struct FloatReader : IMover
{
    public static bool Writes => false;

    public static void Convert(DType dtype, byte* elements, byte* values, int count) =>
        Conversions.Widen(dtype, elements, (float*)values, count);
}

internal readonly unsafe struct FloatWriter : IMover
{
    public static bool Writes => true;

    public static void Convert(DType dtype, byte* elements, byte* values, int count) =>
        Conversions.Narrow(dtype, (float*)values, elements, count);
}

internal readonly unsafe struct IntReader : IMover
{
    public static bool Writes => false;

    public static void Convert(DType dtype, byte* elements, byte* values, int count) =>
        Conversions.Widen(DType.Int32, elements, (float*)values, count);
}

internal readonly unsafe struct IntWriter : IMover
{
    public static bool Writes => true;

    public static void Convert(DType dtype, byte* elements, byte* values, int count) =>
        IntegerConversions.FromInt32(dtype, (int*)values, elements, count);
}

internal readonly unsafe struct BitsReader : IMover
{
    public static bool Writes => false;

    public static void Convert(DType dtype, byte* elements, byte* values, int count) =>
        IntegerConversions.ToBits(dtype.Size(), elements, (uint*)values, count);
}

internal readonly unsafe struct BitsWriter : IMover
{
    public static bool Writes => true;

    public static void Convert(DType dtype, byte* elements, byte* values, int count) =>
        IntegerConversions.FromBits(dtype.Size(), (uint*)values, elements, count);
}
