namespace TrnEmu.Core.Numerics;

/// <summary>
/// Element types that memories hold. Engines widen floats and integers to fp32, compute in fp32 and round once when
/// they write; scales and packed types only move, or enter a microscaling product (nki.language, "Supported Data
/// Types").
/// </summary>
public enum DType : byte
{
    /// <summary>IEEE 754 binary32.</summary>
    Fp32,

    /// <summary>The upper half of a binary32: 8 exponent bits, 7 fraction bits.</summary>
    Bf16,

    /// <summary>IEEE 754 binary16.</summary>
    Fp16,

    /// <summary>A binary32 with the 10 uppermost of its fraction bits; the 13 bits below are 0.</summary>
    Tf32,

    /// <summary>
    /// 8 bits as IEEE 754 would have them: 4 exponent bits (bias 7), 3 fraction bits; largest 240, infinities and NaNs
    /// above.
    /// </summary>
    Fp8E4M3,

    /// <summary>
    /// 4 exponent bits (bias 7), 3 fraction bits, finite: largest 448, no infinities, 0x7f and 0xff NaN (OCP 8-bit
    /// floating point, E4M3).
    /// </summary>
    Fp8E4M3Fn,

    /// <summary>5 exponent bits (bias 15), 2 fraction bits; largest 57344, infinities and NaNs above.</summary>
    Fp8E5M2,

    /// <summary>A power of two without a sign: b is 2^(b - 127), 0xff NaN. The scale of a microscaling group.</summary>
    E8M0,

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

    /// <summary>Four <see cref="Fp8E4M3Fn"/> in 32 bits, the first in the lowest.</summary>
    Fp8E4M3FnX4,

    /// <summary>Four <see cref="Fp8E5M2"/> in 32 bits, the first in the lowest.</summary>
    Fp8E5M2X4,

    /// <summary>
    /// Four of 4 bits in 16, the first in the lowest: sign, 2 exponent bits (bias 1), 1 fraction bit, so 0, 0.5, 1,
    /// 1.5, 2, 3, 4, 6 and their negatives.
    /// </summary>
    Fp4E2M1X4,
}
