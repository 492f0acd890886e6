using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>The bytes of a tensor in a binding, numbered as in <see cref="Oracles.OracleMemory"/>.</summary>
internal static class TensorBytes
{
    public static byte[] Read(Binding binding, Tensor tensor)
    {
        var bytes = new byte[tensor.Bytes];
        foreach (var (block, first, length) in Rows(binding, tensor)) binding[tensor.Id].Block.Span(block, length)
            .CopyTo(bytes.AsSpan(first));
        return bytes;
    }

    public static void Write(Binding binding, Tensor tensor, byte[] bytes)
    {
        foreach (var (block, first, length) in Rows(binding, tensor)) bytes.AsSpan(first, length)
            .CopyTo(binding[tensor.Id].Block.Span(block, length));
    }

    public static uint Load(Binding binding, Tensor tensor, long place, int size)
    {
        var row = tensor.Space == MemorySpace.Hbm ? tensor.Bytes : tensor.BytesPerPartition;
        var at = binding[tensor.Id].Offset + place / row * binding[tensor.Id].PartitionStride + place % row;
        uint bits = 0;
        for (var k = 0; k < size; k++) bits |= (uint)binding[tensor.Id].Block.Span(at + k, 1)[0] << 8 * k;
        return bits;
    }

    /// <summary>Byte in the block, byte in the tensor, and length of each contiguous part.</summary>
    public static IEnumerable<(long Block, int First, int Length)> Rows(Binding binding, Tensor tensor)
    {
        var place = binding[tensor.Id];
        if (tensor.Space == MemorySpace.Hbm)
        {
            yield return (place.Offset, 0, (int)tensor.Bytes);
            yield break;
        }

        var length = (int)tensor.BytesPerPartition;
        for (var p = 0; p < tensor.Partitions; p++) yield return (place.Offset + p * place.PartitionStride, p * length,
            length);
    }
}
