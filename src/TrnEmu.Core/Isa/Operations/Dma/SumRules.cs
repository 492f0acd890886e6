using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>What dma_compute demands. Source: nki.isa.dma_compute.</summary>
internal static class SumRules
{
    /// <summary>Sources that DMA engines add at once.</summary>
    public const int MostSources = 16;

    private const int SourcesInPlace = 2;

    /// <summary>True when some operand is indexed row by row.</summary>
    public static bool IsIndexed(DmaCompute o)
    {
        foreach (ref readonly var source in o.Srcs.Span)
        {
            if (DmaRules.IsVector(source)) return true;
        }

        return DmaRules.IsVector(o.Dst);
    }

    /// <summary>The sources add up to dst, element by element or row by row.</summary>
    public static void Verify(Verifier v, DmaCompute o)
    {
        if (o.Srcs.Count is < 1 or > MostSources)
            v.Error(DmaCodes.Sum, FormattableString.Invariant($"srcs has {o.Srcs.Count} sources, must be 1 to {MostSources}"));
        if (o.ReduceOp != AluOp.Add)
            v.Error(DmaCodes.Sum, $"reduce_op is {o.ReduceOp.Name()}, must be add: DMA engines add only");
        Scales(v, o);
        for (var i = 0; i < o.Srcs.Count; i++)
        {
            if (o.Srcs[i].Elements != o.Dst.Elements)
            {
                v.Error(DmaCodes.Elements, FormattableString.Invariant($"srcs[{i}] has {o.Srcs[i].Elements} elements, dst has ")
                    + FormattableString.Invariant($"{o.Dst.Elements}: they must be equal"));
            }

            ApartRules.Apart(v, o.Dst, FormattableString.Invariant($"srcs[{i}]"), o.Srcs[i]);
        }

        ApartRules.Once(v, "dst", o.Dst);
        if (IsIndexed(o)) InPlace(v, o);
        else Static(v, o);
    }

    /// <summary>No two rows have one index, which unique_indices promises.</summary>
    /// <exception cref="TrnException">TRN3004.</exception>
    public static void CheckUnique(CoreState core, in AccessPattern dst)
    {
        Span<long> places = stackalloc long[Limits.Partitions];
        for (var row = 0; row < dst.Partitions; row++)
        {
            places[row] = core.Displacement(dst, row);
            var first = places[..row].IndexOf(places[row]);
            if (first >= 0 && core.IsInside(dst, row)) throw NotUnique(core, dst, first, row);
        }
    }

    private static TrnException NotUnique(CoreState core, in AccessPattern dst, int first, int second)
    {
        var tensor = core.Program.TensorOf(dst);
        var operation = core.Current.Operation;
        return new TrnException(FailureKind.Fault, Diagnostic.Error(
            FaultCodes.NotUnique,
            FormattableString.Invariant($"{operation.Info.Name}: rows {first} and {second} have one index into {tensor.Name}, ")
            + "unique_indices promises different ones", operation.Span, new DiagnosticNote(tensor.Span, $"{tensor.Name} was made here")));
    }

    private static void Scales(Verifier v, DmaCompute o)
    {
        if (o.Scales.Count != 0 && o.Scales.Count != o.Srcs.Count)
        {
            v.Error(DmaCodes.Sum, FormattableString.Invariant($"scales has {o.Scales.Count} factors for {o.Srcs.Count} sources: one for each, ")
                + "or none");
        }

        for (var i = 0; i < o.Scales.Count; i++)
        {
            if (o.Scales[i] != 1) v.Error(DmaCodes.Sum, FormattableString.Invariant($"scales[{i}] is {o.Scales[i]}, must be 1"));
        }
    }

    private static void Static(Verifier v, DmaCompute o)
    {
        if (o.OobMode == OobMode.Skip)
            v.Error(VerifyCodes.Parameter, "oob_mode is skip, no operand has an index: nothing can be outside");
        DynamicRules.None(v, "dst", o.Dst);
        for (var i = 0; i < o.Srcs.Count; i++) DynamicRules.None(v, FormattableString.Invariant($"srcs[{i}]"), o.Srcs[i]);
    }

    /// <summary>
    /// Two sources, one of them dst; of dst and the other one is rows of HBM by index, the other a tile of SBUF.
    /// </summary>
    private static void InPlace(Verifier v, DmaCompute o)
    {
        if (!o.UniqueIndices)
            v.Error(DmaCodes.InPlaceSum, "unique_indices is false, must be true with an index tensor");
        if (o.Srcs.Count != SourcesInPlace || (o.Srcs[0] != o.Dst && o.Srcs[1] != o.Dst))
        {
            v.Error(DmaCodes.InPlaceSum, FormattableString.Invariant($"srcs has {o.Srcs.Count} sources, of which ")
                + FormattableString.Invariant($"{o.Srcs.Count(s => s == o.Dst)} are dst: with an index tensor it must be 2, one of them dst"));
            return;
        }

        var other = o.Srcs[0] == o.Dst ? o.Srcs[1] : o.Srcs[0];
        var tile = DmaRules.IsVector(o.Dst) ? other : o.Dst;
        if (tile.IsDynamic || v.SpaceOf(tile) != MemorySpace.Sbuf)
            v.Error(DmaCodes.InPlaceSum, $"{v.Program.TensorOf(tile).Name} must be a tile of SBUF with a static address");
        DmaRules.Rows(v, o.Dst, other);
        DynamicRules.Index(v, "dst", o.Dst);
        DynamicRules.Index(v, "srcs", other);
        ApartRules.Index(v, o.Dst, "dst", o.Dst);
        ApartRules.Index(v, o.Dst, "srcs", other);
    }
}
