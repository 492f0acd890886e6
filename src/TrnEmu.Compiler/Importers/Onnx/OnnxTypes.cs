using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Size, kind and range of each <see cref="OnnxType"/>, and the dtype that carries it on the chip.</summary>
public static class OnnxTypes
{
    /// <summary>Bits of one element; 0 for types that are refused.</summary>
    public static int Bits(this OnnxType type) => type switch
    {
        OnnxType.Double or OnnxType.Int64 or OnnxType.UInt64 => 64,
        OnnxType.Float or OnnxType.Int32 or OnnxType.UInt32 => 32,
        OnnxType.Float16 or OnnxType.BFloat16 or OnnxType.Int16 or OnnxType.UInt16 => 16,
        OnnxType.UInt8 or OnnxType.Int8 or OnnxType.Bool => 8,
        OnnxType.UInt4 or OnnxType.Int4 or OnnxType.Float4E2M1 => 4,
        OnnxType.UInt2 or OnnxType.Int2 => 2,
        >= OnnxType.Float8E4M3Fn and <= OnnxType.Float8E5M2FnUz or OnnxType.Float8E8M0 => 8,
        _ => 0,
    };

    /// <summary>True for integers of any size; bool is none.</summary>
    public static bool IsInteger(this OnnxType type) => type is >= OnnxType.UInt8 and <= OnnxType.Int64
        or OnnxType.UInt32 or OnnxType.UInt64 or OnnxType.UInt4 or OnnxType.Int4 or OnnxType.UInt2 or OnnxType.Int2;

    /// <summary>True for floats of any size.</summary>
    public static bool IsFloat(this OnnxType type) =>
        type.Bits() > 0 && !type.IsInteger() && type != OnnxType.Bool;

    /// <summary>True for integers with a sign.</summary>
    public static bool IsSigned(this OnnxType type) => type is OnnxType.Int8 or OnnxType.Int16 or OnnxType.Int32
        or OnnxType.Int64 or OnnxType.Int4 or OnnxType.Int2;

    /// <summary>True for types that no memory of the chip holds: they exist on the host alone.</summary>
    public static bool IsHostOnly(this OnnxType type) => type is OnnxType.Float8E4M3FnUz or OnnxType.Float8E5M2FnUz
        or >= OnnxType.UInt4;

    /// <summary>True for types that can be read.</summary>
    public static bool IsKnown(this OnnxType type) => type.Bits() > 0;

    /// <summary>Smallest value of an integer.</summary>
    public static double Lowest(this OnnxType type) => type.IsSigned() ? -Math.ScaleB(1, type.Bits() - 1) : 0;

    /// <summary>Largest value of an integer; of 64 bits, the double nearest to it.</summary>
    public static double Highest(this OnnxType type) =>
        Math.ScaleB(1, type.IsSigned() ? type.Bits() - 1 : type.Bits()) - 1;

    /// <summary>The dtype that carries the type on the chip: <paramref name="single"/> for binary32 and
    /// binary64.</summary>
    /// <returns>The dtype, or null for types of the host alone.</returns>
    public static DType? Carrier(this OnnxType type, DType single) => type switch
    {
        OnnxType.Float or OnnxType.Double => single,
        OnnxType.Float16 => DType.Fp16,
        OnnxType.BFloat16 => DType.Bf16,
        OnnxType.Float8E4M3Fn => DType.Fp8E4M3Fn,
        OnnxType.Float8E5M2 => DType.Fp8E5M2,
        OnnxType.Int64 or OnnxType.UInt64 or OnnxType.Int32 => DType.Int32,
        OnnxType.UInt32 => DType.UInt32,
        OnnxType.Int16 => DType.Int16,
        OnnxType.UInt16 => DType.UInt16,
        OnnxType.Int8 => DType.Int8,
        OnnxType.UInt8 or OnnxType.Bool => DType.UInt8,
        _ => null,
    };

    /// <summary>The name that messages use: float, int64, float8e4m3fn, …</summary>
    public static string Name(this OnnxType type) => type.ToString().ToLowerInvariant();
}
