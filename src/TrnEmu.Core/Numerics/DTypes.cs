namespace TrnEmu.Core.Numerics;

/// <summary>Size, kind and name of each <see cref="DType"/>.</summary>
public static class DTypes
{
    private static readonly string[] Names =
    [
        "fp32", "bf16", "fp16", "tf32", "fp8_e4m3", "fp8_e4m3fn", "fp8_e5m2", "e8m0",
        "int32", "uint32", "int16", "uint16", "int8", "uint8",
        "fp8_e4m3fn_x4", "fp8_e5m2_x4", "fp4_e2m1_x4",
    ];

    private static ReadOnlySpan<byte> Sizes => [4, 2, 2, 4, 1, 1, 1, 1, 4, 4, 2, 2, 1, 1, 4, 4, 2];

    /// <summary>Every dtype, in the order of the enumeration.</summary>
    public static IReadOnlyList<DType> All { get; } = Enum.GetValues<DType>();

    /// <summary>The dtypes that engines widen to fp32 and round to: floats and integers.</summary>
    public static IReadOnlyList<DType> Arithmetic { get; } = [.. All.Where(IsArithmetic)];

    /// <summary>The name that the text form, the command line and messages use: fp32, bf16, int8, …</summary>
    public static string Name(this DType dtype) => Names[(int)dtype];

    /// <summary>Bytes of one element.</summary>
    public static int Size(this DType dtype) => Sizes[(int)dtype];

    /// <summary>True for fp32, bf16, fp16, tf32 and the fp8 types.</summary>
    public static bool IsFloat(this DType dtype) => dtype <= DType.Fp8E5M2;

    /// <summary>True for the integer types, signed or not.</summary>
    public static bool IsInteger(this DType dtype) => dtype is >= DType.Int32 and <= DType.UInt8;

    /// <summary>True for the types that hold four elements in one.</summary>
    public static bool IsPacked(this DType dtype) => dtype >= DType.Fp8E4M3FnX4;

    /// <summary>True for the types that engines widen to fp32 and round to.</summary>
    public static bool IsArithmetic(this DType dtype) => dtype.IsFloat() || dtype.IsInteger();

    /// <summary>The largest number of an fp8 type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another type.</exception>
    public static float LargestFp8(this DType dtype) => dtype switch
    {
        DType.Fp8E4M3 => 240,
        DType.Fp8E4M3Fn => 448,
        DType.Fp8E5M2 => 57344,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "no fp8 type"),
    };

    /// <summary>Finds a dtype by <see cref="Name"/>; false when there is none of that name.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out DType dtype)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (name.SequenceEqual(Names[i]))
            {
                dtype = (DType)i;
                return true;
            }
        }

        dtype = default;
        return false;
    }
}
