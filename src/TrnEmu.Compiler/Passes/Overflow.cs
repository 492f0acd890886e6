using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>Says which tensor finds no room and which ones hold it.</summary>
internal static class Overflow
{
    private const int Listed = 16;

    /// <summary>TRN4001 at the line that made the tensor, with a note for each of the largest live tensors.</summary>
    public static Diagnostic Describe(
        Tensor tensor, IEnumerable<Tensor> residents, MemoryMap map, MemorySpace space, HashSet<int> live)
    {
        Tensor[] holders = [.. residents.Where(t => t.IsPinned || live.Contains(t.Id)).OrderByDescending(t => t.BytesPerPartition)];
        var notes = holders.Take(Listed).Select(t => new DiagnosticNote(
            t.Span, FormattableString.Invariant($"{t.Name} {t.TypeText} holds {t.BytesPerPartition} bytes")
            + (t.IsPinned ? ", pinned" : "")));
        if (holders.Length > Listed) notes = notes.Append(Rest(holders[Listed..]));
        return Diagnostic.Error(
            PassCodes.Capacity,
            FormattableString.Invariant($"{tensor.Name} {tensor.TypeText} needs {tensor.BytesPerPartition} bytes in one piece in each ")
            + FormattableString.Invariant($"partition of {space.Title()}, {map.Free} of {map.Capacity} are free; ")
            + FormattableString.Invariant($"{holders.Length} tensors are live"),
            tensor.Span, [.. notes]);
    }

    private static DiagnosticNote Rest(Tensor[] others) => new(SourceSpan.None, FormattableString.Invariant(
        $"{others.Length} smaller tensors hold {others.Sum(t => t.BytesPerPartition)} bytes together"));
}
