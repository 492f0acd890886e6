namespace TrnEmu.Core.Numerics;

/// <summary>
/// Element types that memories hold. Engines widen every one of them to fp32, compute in fp32 and round once when they
/// write (nki.language, "Supported Data Types").
/// </summary>
public enum DType : byte
{
    /// <summary>IEEE 754 binary32.</summary>
    Fp32,

    /// <summary>The upper half of a binary32: 8 exponent bits, 7 fraction bits.</summary>
    Bf16,

    /// <summary>IEEE 754 binary16.</summary>
    Fp16,

    /// <summary>Signed 32-bit integer.</summary>
    Int32,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32,

    /// <summary>Signed 16-bit integer.</summary>
    Int16,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16,

    /// <summary>Signed 8-bit integer.</summary>
    Int8,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8,
}
