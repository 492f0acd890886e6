using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
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

    /// <summary>The destination does not cover the index of an operand, which is read while it is written.</summary>
    public static void Index(Verifier v, in AccessPattern dst, string name, in AccessPattern p)
    {
        if (p.Dynamic.Kind is not (OffsetKind.Scalar or OffsetKind.Vector)) return;
        var index = p.IndexPattern();
        if (dst.IsDynamic ? dst.Tensor == index.Tensor : InPlaceRules.Overlap(v.Program, dst, index))
            v.Error(DmaCodes.Overlap, $"dst ({v.Program.TensorOf(dst).Name}) covers the index of {name}, which is read as well");
    }

    /// <summary>
    /// While running: as <see cref="Apart"/>, where an index moves one of them within their one tensor.
    /// <paramref name="mayBeSame"/>: they can be the same elements in the same order.
    /// </summary>
    /// <exception cref="TrnException">TRN3007.</exception>
    public static void Check(CoreState core, in AccessPattern dst, in AccessPattern src, bool mayBeSame = true)
    {
        if (dst.Tensor != src.Tensor || !(dst.IsDynamic || src.IsDynamic)) return;
        if (DmaRules.IsVector(dst) || DmaRules.IsVector(src))
        {
            var (indexed, other) = DmaRules.IsVector(dst) ? (dst, src) : (src, dst);
            var whole = Moved(core, other, 0);
            for (var row = 0; row < indexed.Partitions; row++)
            {
                if (core.IsInside(indexed, row) && InPlaceRules.Overlap(core.Program, Moved(core, indexed, row), whole)) throw Overlaps(core, dst, mayBeSame);
            }

            return;
        }

        var (to, from) = (Moved(core, dst, 0), Moved(core, src, 0));
        if (!(mayBeSame && IsSame(to, from)) && InPlaceRules.Overlap(core.Program, to, from)) throw Overlaps(core, dst, mayBeSame);
    }

    private static AccessPattern Moved(CoreState core, in AccessPattern p, int row)
    {
        if (!p.IsDynamic) return p;
        return p with
        {
            Dynamic = default,
            Offset = p.Offset + core.Displacement(p, row),
            Partitions = DmaRules.IsVector(p) ? 1 : p.Partitions,
        };
    }

    private static TrnException Overlaps(CoreState core, in AccessPattern dst, bool mayBeSame)
    {
        var tensor = core.Program.TensorOf(dst);
        var operation = core.Current.Operation;
        return new TrnException(FailureKind.Fault, Diagnostic.Error(
            FaultCodes.DmaOverlap,
            $"{operation.Info.Name}: its index moves src and dst within {tensor.Name} onto each other{(mayBeSame ? ", but not element by element" : "")}",
            operation.Span, new DiagnosticNote(tensor.Span, $"{tensor.Name} was made here")));
    }

    /// <summary>Element i of one is element i of the other, read as a type of the same size perhaps.</summary>
    private static bool IsSame(in AccessPattern a, in AccessPattern b) =>
        a.DType.Size() == b.DType.Size() && a with { DType = b.DType } == b;
}
