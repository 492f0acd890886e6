namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Element types of ONNX, by the number that files write.</summary>
public enum OnnxType
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary>binary32.</summary>
    Float = 1,

    /// <summary>8 bits without sign.</summary>
    UInt8 = 2,

    /// <summary>8 bits.</summary>
    Int8 = 3,

    /// <summary>16 bits without sign.</summary>
    UInt16 = 4,

    /// <summary>16 bits.</summary>
    Int16 = 5,

    /// <summary>32 bits.</summary>
    Int32 = 6,

    /// <summary>64 bits.</summary>
    Int64 = 7,

    /// <summary>Text; refused.</summary>
    String = 8,

    /// <summary>False or true, one byte.</summary>
    Bool = 9,

    /// <summary>binary16.</summary>
    Float16 = 10,

    /// <summary>binary64.</summary>
    Double = 11,

    /// <summary>32 bits without sign.</summary>
    UInt32 = 12,

    /// <summary>64 bits without sign.</summary>
    UInt64 = 13,

    /// <summary>Two binary32; refused.</summary>
    Complex64 = 14,

    /// <summary>Two binary64; refused.</summary>
    Complex128 = 15,

    /// <summary>The upper half of a binary32.</summary>
    BFloat16 = 16,

    /// <summary>8 bits, finite, largest 448.</summary>
    Float8E4M3Fn = 17,

    /// <summary>8 bits, no negative zero, largest 240.</summary>
    Float8E4M3FnUz = 18,

    /// <summary>8 bits, largest 57344, infinities.</summary>
    Float8E5M2 = 19,

    /// <summary>8 bits, no negative zero, largest 57344.</summary>
    Float8E5M2FnUz = 20,

    /// <summary>4 bits without sign, two in a byte, the first in the lower half.</summary>
    UInt4 = 21,

    /// <summary>4 bits, two in a byte.</summary>
    Int4 = 22,

    /// <summary>4 bits, largest 6, two in a byte.</summary>
    Float4E2M1 = 23,

    /// <summary>A power of two.</summary>
    Float8E8M0 = 24,

    /// <summary>2 bits without sign, four in a byte.</summary>
    UInt2 = 25,

    /// <summary>2 bits, four in a byte.</summary>
    Int2 = 26,
}
