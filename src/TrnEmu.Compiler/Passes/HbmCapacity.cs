using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>HBM tensors live as long as the program, so that all of them must fit.</summary>
internal static class HbmCapacity
{
    /// <summary>TRN4001 for the first tensor, in their order, that HBM has no room for.</summary>
    /// <exception cref="TrnException">When there is one.</exception>
    public static void Check(Program program, Chip chip)
    {
        var capacity = (long)chip.HbmBytes.Value;
        var free = capacity;
        foreach (var tensor in program.Tensors.Where(t => t.Space == MemorySpace.Hbm))
        {
            var bytes = tensor.Bytes;
            if (bytes > free) throw new TrnException(FailureKind.BadInput, Overflow(tensor, bytes, free, capacity));
            free -= bytes;
        }
    }

    private static Diagnostic Overflow(Tensor tensor, long bytes, long free, long capacity) => Diagnostic.Error(
        PassCodes.Capacity,
        FormattableString.Invariant($"{tensor.Name} {tensor.TypeText} needs {bytes} bytes of HBM, {free} of {capacity} ")
        + "are free; tensors stay there as long as the program runs",
        tensor.Span);
}
