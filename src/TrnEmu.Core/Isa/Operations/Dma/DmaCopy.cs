using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>
/// dst = src between HBM and SBUF in any direction: element i of dst is element i of src, both in pattern order, so the
/// shapes may differ. Equal dtypes keep their bits; others go through fp32. An index tensor on one side makes it a
/// gather, dst[p, :] = src[index[p], :], or a scatter, dst[index[p], :] = src[p, :] with p ascending. Source:
/// nki.isa.dma_copy.
/// </summary>
/// <param name="Dst">Written, in HBM or SBUF.</param>
/// <param name="Src">Read, in HBM or SBUF, as many elements as dst.</param>
/// <param name="Priority">0 (first) to 3 among the DMAs of a core, from generation 4; null for none.</param>
/// <param name="OobMode">What an index outside the tensor does: fault, or leave its row (or the whole copy).</param>
/// <param name="DgeMode">Who writes the descriptors.</param>
[Operation("dma_copy", Engines = Engines.Any, IsDma = true, Summary = "dst = src; gather: dst[p] = src[index[p]]",
    Example = """
        hbm x : bf16[128,512]
        sbuf t : bf16[128,512]
        sync dma_copy dst=t src=x
        """)]
public sealed record DmaCopy(
    [Writes(Spaces = MemorySpaces.Dma, DTypes = "all")] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Dma, DTypes = "all")] AccessPattern Src,
    int? Priority = null,
    OobMode OobMode = OobMode.Error,
    DgeMode DgeMode = DgeMode.Unknown) : Operation, IRowwise
{
    /// <summary>Rows that a scatter writes twice.</summary>
    public static readonly Gap Scatter = new(
        "dma_copy", "which row stays where two rows of a scatter have one index", "the later one");

    /// <summary>Rows by index whose other side has another shape.</summary>
    public static readonly Gap OtherShape = new(
        "dma_copy", "what a gather or scatter gives where its two sides have as many elements but rows of different length", Gap.Refused);

    /// <summary>Rows by index before generation 3.</summary>
    public static readonly Gap FirstGather = new(
        "dma_copy", "whether generation 2 gathers and scatters: the DGE reference has it from generation 3 on, nki.isa says so of "
        + "dma_transpose only", "it does, as nki.isa has it");

    /// <summary>Moved addresses with descriptors from the host.</summary>
    public static readonly Gap HostDescriptors = new(
        "dma_copy", "whether dge_mode none takes scalar_offset: a table of the DGE reference says any mode, its text and nki.isa say static "
        + "addresses", "refused, as nki.isa says");

    /// <summary>The queue of descriptors that GpSimd writes.</summary>
    public static readonly Gap SoftwareTrigger = new(
        "dma_copy", "which engines can trigger a DMA whose descriptors GpSimd writes", "any");

    /// <summary>The cost of descriptors that GpSimd writes.</summary>
    public static readonly Gap SoftwareTime = new(
        "dma_copy",
        "how long GpSimd takes to write descriptors, with dge_mode swdge or where hardware cannot make them",
        "no time: they count as lying ready");

    /// <summary>What a priority does.</summary>
    public static readonly Gap Precedence = new(
        "dma_copy", "how far a DMA of a higher priority goes before others", "not at all: the queues of a DMA engine take turns");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        if (Dst.Elements != Src.Elements)
            v.Error(DmaCodes.Elements, $"src has {Src.Elements} elements, dst has {Dst.Elements}: they must be equal");
        DmaRules.Conversion(v, Dst, Src);
        DynamicRules.Index(v, "dst", Dst);
        DynamicRules.Index(v, "src", Src);
        DmaRules.Rows(v, Dst, Src);
        DmaRules.Generator(v, DgeMode, Dst, Src);
        DmaRules.Priority(v, Priority);
        ApartRules.Once(v, "dst", Dst);
        ApartRules.Apart(v, Dst, "src", Src);
        ApartRules.Index(v, Dst, "dst", Dst);
        ApartRules.Index(v, Dst, "src", Src);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Src);
        if (DmaRules.IsVector(Dst) || (OobMode == OobMode.Skip && (Dst.IsDynamic || Src.IsDynamic))) sink.MayWrite(Dst);
        else sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        if (DmaRules.IsVector(Dst) || DmaRules.IsVector(Src))
        {
            var other = DmaRules.IsVector(Dst) ? Src : Dst;
            if (OobMode == OobMode.Skip && !IsInside(core, other)) return;
            var whole = core.Tile(other);
            ApartRules.Check(core, Dst, Src);
            for (var row = 0; row < Dst.Partitions; row++) ExecuteRow(core, whole.Slice(row, 1), row);
        }
        else if (OobMode == OobMode.Error || (IsInside(core, Dst) && IsInside(core, Src)))
        {
            var (dst, src) = (core.Tile(Dst), core.Tile(Src));
            ApartRules.Check(core, Dst, Src);
            Transport.Copy(dst, src);
        }
    }

    void IRowwise.Name(ref RowOperands operands)
    {
        if (Dst.Free != Src.Free) operands.Refuse();
        operands.Add(Dst);
        operands.Add(Src);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e)
    {
        // Each copied once, not where it is looked at.
        var (dst, src) = (Dst, Src);
        var isIndexed = DmaRules.IsVector(dst) || DmaRules.IsVector(src);
        var needsSoftware = DgeMode == DgeMode.Unknown && (isIndexed || dst.DType != src.DType);
        var transfer = DmaWork.Transfer(e.Program, dst, src, isIndexed ? DmaKind.Gather : DmaKind.Copy);
        e.Trigger(transfer with { Descriptors = needsSoftware ? DgeMode.Swdge : DgeMode });
    }

    private static bool IsInside(CoreState core, in AccessPattern p) => !p.IsDynamic || core.IsInside(p, 0);

    private void ExecuteRow(CoreState core, in Tile other, int row)
    {
        var isScatter = DmaRules.IsVector(Dst);
        var indexed = isScatter ? Dst : Src;
        if (OobMode == OobMode.Skip && !core.IsInside(indexed, row)) return;
        if (isScatter) Transport.Copy(core.Row(indexed, row), other);
        else Transport.Copy(other, core.Row(indexed, row));
    }
}
