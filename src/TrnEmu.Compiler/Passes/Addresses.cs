using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>Addresses that the user gave.</summary>
internal static class PinnedTensors
{
    /// <summary>Throws TRN4002 for every pinned tensor that is not inside the memory.</summary>
    public static void Check(IEnumerable<Tensor> residents, MemorySpace space, Chip chip)
    {
        var capacity = space == MemorySpace.Sbuf ? chip.SbufBytesPerPartition.ToInt32() : chip.PsumBytesPerPartition;
        Diagnostic[] findings =
        [
            .. residents.Where(t => t.IsPinned && !IsInside(t, capacity)).Select(t => Diagnostic.Error(
                PassCodes.Pinned,
                FormattableString.Invariant($"{t.Name} {t.TypeText} is pinned to partition {t.Address!.Value.Partition}, byte ")
                + FormattableString.Invariant($"{t.Address.Value.Byte}: {space.Title()} of {chip.Name} has {Limits.Partitions} ")
                + FormattableString.Invariant($"partitions of {capacity} bytes"),
                t.Span)),
        ];
        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);
    }

    private static bool IsInside(Tensor tensor, int capacity) =>
        tensor.Address is { Partition: >= 0, Byte: >= 0 } a && a.Partition + tensor.Partitions <= Limits.Partitions
        && a.Byte + tensor.BytesPerPartition <= capacity;
}
