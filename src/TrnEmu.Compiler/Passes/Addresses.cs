using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>Addresses that the user gave, or that a compiled program brings.</summary>
internal static class Addresses
{
    /// <summary>Throws TRN4002 for every tensor whose address does not lie inside its memory with all of it.</summary>
    public static void Check(IEnumerable<Tensor> tensors, Chip chip)
    {
        Diagnostic[] findings =
        [
            .. tensors.Where(t => t.Address is { } a && !IsInside(t, a, Capacity(t.Space, chip)))
                .Select(t => Outside(t, t.Address!.Value, chip)),
        ];
        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);
    }

    private static int Capacity(MemorySpace space, Chip chip) =>
        space == MemorySpace.Sbuf ? chip.SbufBytesPerPartition.ToInt32() : chip.PsumBytesPerPartition;

    private static bool IsInside(Tensor tensor, Address a, int capacity) =>
        a is { Partition: >= 0, Byte: >= 0 } && a.Partition + tensor.Partitions <= Limits.Partitions
        && a.Byte + tensor.BytesPerPartition <= capacity;

    private static Diagnostic Outside(Tensor t, Address a, Chip chip) => Diagnostic.Error(
        PassCodes.Address,
        FormattableString.Invariant($"{t.Name} {t.TypeText} is {(t.IsPinned ? "pinned to" : "at")} partition {a.Partition}, ")
        + FormattableString.Invariant($"byte {a.Byte}: {t.Space.Title()} of {chip.Name} has {Limits.Partitions} ")
        + FormattableString.Invariant($"partitions of {Capacity(t.Space, chip)} bytes"),
        t.Span);
}
