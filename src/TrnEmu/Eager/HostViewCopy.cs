using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Eager;

/// <summary>Copies the elements of a view between the emulated memory and an array of the host.</summary>
internal static class HostViewCopy
{
    /// <summary>host = the elements of the view.</summary>
    public static void Read(in HostView view, Tensor tensor, in Placement place, Span<byte> host) =>
        Copy(view, tensor, place, host, isWrite: false);

    /// <summary>The elements of the view = host.</summary>
    public static void Write(in HostView view, Tensor tensor, in Placement place, ReadOnlySpan<byte> host) =>
        Copy(view, tensor, place, System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
            ref System.Runtime.InteropServices.MemoryMarshal.GetReference(host), host.Length), isWrite: true);

    /// <summary>What is wrong with the view; null when all of it lies inside the tensor.</summary>
    public static string? Problem(in HostView view, Tensor tensor)
    {
        var isOnChip = tensor.Space != MemorySpace.Hbm;
        Int128 low = view.Offset, high = view.Offset;
        for (var i = 0; i < view.Counts.Length; i++)
        {
            if (view.Counts[i] < 1) return FormattableString.Invariant($"dimension {i} has {view.Counts[i]} elements");
            if (i == 0 && isOnChip) continue;
            var reach = (Int128)view.Strides[i] * view.DType.Size() * (view.Counts[i] - 1);
            if (reach < 0) low += reach;
            else high += reach;
        }

        high += view.DType.Size();
        var limit = isOnChip ? tensor.BytesPerPartition : tensor.Bytes;
        if (low < 0 || high > limit) return $"touches bytes {low} to {high - 1}, {tensor.Name} {tensor.TypeText} has {limit}";
        if (isOnChip && (view.StartPartition < 0 || view.StartPartition > tensor.Partitions - view.Counts[0]))
            return $"touches partition {(long)view.StartPartition + view.Counts[0] - 1}, {tensor.Name} {tensor.TypeText} has {tensor.Partitions}";
        return null;
    }

    private static void Copy(in HostView view, Tensor tensor, in Placement place, Span<byte> host, bool isWrite)
    {
        var size = view.DType.Size();
        Span<long> strides = stackalloc long[view.Counts.Length];
        for (var i = 0; i < strides.Length; i++) strides[i] = view.Strides[i] * size;
        var start = place.Offset + view.Offset;
        if (tensor.Space != MemorySpace.Hbm)
        {
            start += view.StartPartition * place.PartitionStride;
            strides[0] = place.PartitionStride;
        }

        var (run, outer) = Run(view, strides, size);
        Span<int> at = stackalloc int[outer];
        at.Clear();
        for (long done = 0; done < host.Length; done += run)
        {
            var bytes = place.Block.Span(start, (int)run);
            var part = host.Slice((int)done, (int)run);
            if (isWrite) part.CopyTo(bytes);
            else bytes.CopyTo(part);
            start += Step(at, view.Counts, strides);
        }
    }

    /// <summary>Bytes of the contiguous run that the inner dimensions make, and how many dimensions are outside.</summary>
    private static (long Bytes, int Outer) Run(in HostView view, ReadOnlySpan<long> strides, int size)
    {
        long run = size;
        var outer = view.Counts.Length;
        while (outer > 0 && (strides[outer - 1] == run || view.Counts[outer - 1] == 1)) run *= view.Counts[--outer];
        return (run, outer);
    }

    /// <summary>Goes to the next index; gives the bytes to go.</summary>
    private static long Step(Span<int> at, ReadOnlySpan<int> counts, ReadOnlySpan<long> strides)
    {
        long bytes = 0;
        for (var i = at.Length - 1; i >= 0; i--)
        {
            bytes += strides[i];
            if (++at[i] < counts[i]) return bytes;
            bytes -= strides[i] * counts[i];
            at[i] = 0;
        }

        return bytes;
    }
}
