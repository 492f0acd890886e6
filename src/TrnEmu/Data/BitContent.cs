using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Data;

/// <summary>
/// Values of tensors whose elements are no single numbers: zeros are zero bytes, iota counts the elements' bits; random
/// scales are 2^-4 to 2^3, random packed elements hold numbers of -1 to 1.
/// </summary>
internal static class BitContent
{
    private const uint SmallestScale = 127 - 4;
    private const uint Scales = 8;
    private const int LanesOfPacked = 4;

    /// <summary>The elements, random ones from 64 random bits of each.</summary>
    public static TensorData Make(Tensor tensor, ContentKind kind, Func<int, ulong> random)
    {
        var size = tensor.DType.Size();
        var bytes = new byte[tensor.Elements * size];
        for (var i = 0; i < tensor.Elements && kind != ContentKind.Zeros; i++)
        {
            var bits = kind == ContentKind.Iota ? (uint)i : Random(tensor.DType, random(i));
            for (var k = 0; k < size; k++) bytes[i * size + k] = (byte)(bits >> (8 * k));
        }

        return new TensorData(tensor.Name, tensor.DType, tensor.Shape, bytes);
    }

    private static uint Random(DType dtype, ulong random)
    {
        if (dtype == DType.E8M0) return SmallestScale + (uint)(random % Scales);
        uint bits = 0;
        for (var lane = 0; lane < LanesOfPacked; lane++, random >>= 16)
            bits |= Lane(dtype, (uint)random & 0xffff) << (lane * 8 * dtype.Size() / LanesOfPacked);
        return bits;
    }

    /// <summary>One of the numbers of -1 to 1, from 16 random bits.</summary>
    private static uint Lane(DType dtype, uint random)
    {
        // The bits of 1 in e2m1 are 2: numbers of 0 to 1 are 0 to 2, and 8 is the sign.
        if (dtype == DType.Fp4E2M1X4) return random % 3 | (random >> 12 & 8);
        Span<byte> element = stackalloc byte[1];
        Conversions.Narrow(
            dtype == DType.Fp8E5M2X4 ? DType.Fp8E5M2 : DType.Fp8E4M3Fn, [random * (1f / (1 << 15)) - 1f], element);
        return element[0];
    }
}
