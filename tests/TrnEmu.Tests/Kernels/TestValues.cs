using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Kernels;

/// <summary>
/// Values that every dtype holds exactly (sixty-fourths below 1, small integers), and plain codes for them: nothing
/// here goes through the conversions that are tested.
/// </summary>
internal static class TestValues
{
    public static void Fill(Binding binding, Tensor tensor, int seed)
    {
        var random = new Random(seed + tensor.Id);
        var bytes = Bytes(binding, tensor);
        for (var i = 0; i < tensor.Elements; i++)
        {
            var value = random.Next(-63, 64);
            Encode(tensor.DType, Value(tensor, i, value), bytes[(i * tensor.DType.Size())..]);
        }
    }

    public static double[] Read(Binding binding, Tensor tensor)
    {
        var values = new double[tensor.Elements];
        var bytes = Bytes(binding, tensor);
        for (var i = 0; i < values.Length; i++) values[i] = Decode(tensor.DType, bytes[(i * tensor.DType.Size())..]);
        return values;
    }

    public static Span<byte> Bytes(Binding binding, Tensor tensor) =>
        binding[tensor.Id].Block.Span(binding[tensor.Id].Offset, (int)tensor.Bytes);

    private static float Value(Tensor tensor, int index, int random) => tensor.Content?.Kind switch
    {
        ContentKind.Iota => index,
        ContentKind.Zeros => 0,
        _ => tensor.DType.IsFloat() ? random / 64f : random & 31,
    };

    private static void Encode(DType dtype, float value, Span<byte> bytes)
    {
        switch (dtype)
        {
            case DType.Fp32: BitConverter.TryWriteBytes(bytes, value); break;
            case DType.Bf16: BitConverter.TryWriteBytes(bytes, (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)); break;
            case DType.Fp16: BitConverter.TryWriteBytes(bytes, (Half)value); break;
            case DType.Int32 or DType.UInt32: BitConverter.TryWriteBytes(bytes, (int)value); break;
            case DType.Int16 or DType.UInt16: BitConverter.TryWriteBytes(bytes, (short)value); break;
            case DType.Int8 or DType.UInt8: bytes[0] = (byte)value; break;
            default: bytes[0] = (byte)Numbers.Encode(dtype, value); break;
        }
    }

    private static double Decode(DType dtype, ReadOnlySpan<byte> bytes) => dtype switch
    {
        DType.Fp32 => BitConverter.ToSingle(bytes),
        DType.Bf16 => BitConverter.UInt32BitsToSingle((uint)BitConverter.ToUInt16(bytes) << 16),
        DType.Fp16 => (double)BitConverter.ToHalf(bytes),
        DType.Int32 => BitConverter.ToInt32(bytes),
        DType.UInt32 => BitConverter.ToUInt32(bytes),
        DType.Int16 => BitConverter.ToInt16(bytes),
        DType.UInt16 => BitConverter.ToUInt16(bytes),
        DType.Int8 => (sbyte)bytes[0],
        DType.UInt8 => bytes[0],
        _ => Numbers.Decode(dtype, bytes[0]),
    };
}
