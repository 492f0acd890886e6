using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>Integers as their types hold them.</summary>
internal static class Wrapping
{
    /// <summary>The value modulo 2^bits, within the range of the type.</summary>
    public static long Wrap(DType dtype, long value) => dtype switch
    {
        DType.Int32 => (int)value,
        DType.UInt32 => (uint)value,
        DType.Int16 => (short)value,
        DType.UInt16 => (ushort)value,
        DType.Int8 => (sbyte)value,
        DType.UInt8 => (byte)value,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "no integer type"),
    };

    /// <summary>Smallest and largest value of the type.</summary>
    public static (long Low, long High) Range(DType dtype)
    {
        var width = 8 * dtype.Size();
        return dtype is DType.Int32 or DType.Int16 or DType.Int8
            ? (-(1L << (width - 1)), (1L << (width - 1)) - 1)
            : (0, (1L << width) - 1);
    }
}
