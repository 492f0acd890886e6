using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;

namespace TrnEmu.Tests.Kernels;

/// <summary>The chip on which a kernel is looked at closely: trn2, or trn3 where it needs that.</summary>
internal static class KernelChip
{
    private static readonly Chip[] Chips = [Chip.Load("trn2"), Chip.Load("trn3")];

    public static Chip Of(Kernel kernel) => Chips.First(kernel.RunsOn);
}
