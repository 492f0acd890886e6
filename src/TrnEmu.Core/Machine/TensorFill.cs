using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Machine;

/// <summary>What a tensor of a growing binding holds when it is made.</summary>
public enum TensorFill : byte
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>NaN in floats and scales, 4 in integers.</summary>
    NaN,
}

/// <summary>The values of fills.</summary>
internal static class TensorFills
{
    /// <summary>A memory whose tensors are not known yet: NaN as every float type, -1 as integers.</summary>
    public const uint Unknown = uint.MaxValue;

    /// <summary>The 32 bits that repeat in a tensor of the dtype.</summary>
    public static uint Word(this TensorFill fill, DType dtype) => fill == TensorFill.Zero ? 0 : dtype switch
    {
        DType.Fp32 or DType.Tf32 => 0x7fc00000,
        DType.Bf16 => 0x7fc07fc0,
        DType.Fp16 => 0x7e007e00,
        DType.Int32 or DType.UInt32 => 4,
        DType.Int16 or DType.UInt16 => 0x00040004,
        DType.Int8 or DType.UInt8 => 0x04040404,
        DType.Fp4E2M1X4 => 0x66666666,
        DType.E8M0 => uint.MaxValue,
        _ => 0x7f7f7f7f,
    };
}
