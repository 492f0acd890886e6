namespace TrnEmu.Core.Numerics;

/// <summary>Size, kind and name of each <see cref="DType"/>.</summary>
public static class DTypes
{
    private static readonly string[] Names =
        ["fp32", "bf16", "fp16", "int32", "uint32", "int16", "uint16", "int8", "uint8"];

    /// <summary>Every dtype, in the order of the enumeration.</summary>
    public static IReadOnlyList<DType> All { get; } = Enum.GetValues<DType>();

    /// <summary>The name that the text form, the command line and messages use: fp32, bf16, int8, …</summary>
    public static string Name(this DType dtype) => Names[(int)dtype];

    /// <summary>Bytes of one element.</summary>
    public static int Size(this DType dtype) => dtype switch
    {
        DType.Fp32 or DType.Int32 or DType.UInt32 => 4,
        DType.Int8 or DType.UInt8 => 1,
        _ => 2,
    };

    /// <summary>True for fp32, bf16 and fp16.</summary>
    public static bool IsFloat(this DType dtype) => dtype <= DType.Fp16;

    /// <summary>True for the integer types, signed or not.</summary>
    public static bool IsInteger(this DType dtype) => dtype >= DType.Int32;

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
