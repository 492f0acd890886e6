using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>
/// What the missing order among the sixteen DMA engines demands: nothing that a DMA writes is written twice, or read
/// for another element.
/// </summary>
internal static class ApartRules
{
    /// <summary>The destination names each of its elements once; of indexed rows, within a row.</summary>
    public static void Once(Verifier v, string name, in AccessPattern dst)
    {
        var hasRows = v.SpaceOf(dst) == MemorySpace.Hbm && !DmaRules.IsVector(dst);
        if (!RepeatedElements.Any(dst, hasRows)) return;
        v.Error(DmaCodes.Repeated, $"{name} ({v.Program.TensorOf(dst).Name}) names some of its {dst.Elements} elements twice, limit once: "
            + "DMA engines have no order among them");
    }

    /// <summary>Source and destination share no byte, or are the same elements in the same order.</summary>
    public static void Apart(Verifier v, in AccessPattern dst, string name, in AccessPattern src)
    {
        if (IsSame(dst, src) || !InPlaceRules.Overlap(v.Program, dst, src)) return;
        v.Error(DmaCodes.Overlap, $"dst ({v.Program.TensorOf(dst).Name}) shares bytes with {name} ({v.Program.TensorOf(src).Name}), but not "
            + "element by element: DMA engines have no order among them");
    }

    /// <summary>Element i of one is element i of the other, read as a type of the same size perhaps.</summary>
    public static bool IsSame(in AccessPattern a, in AccessPattern b) =>
        a.DType.Size() == b.DType.Size() && a with { DType = b.DType } == b;
}
