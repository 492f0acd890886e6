using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>
/// dst = srcs[0] + srcs[1] + … by the DMA engines: element i of dst is the sum of elements i of the sources, all in
/// pattern order, widened to fp32, added from the first source on and rounded once. With an index tensor it adds to rows
/// in place: a scatter dst[index[p], :] += tile[p, :], or a gather dst[p, :] += table[index[p], :]. Source:
/// nki.isa.dma_compute.
/// </summary>
/// <param name="Dst">Written, in HBM or SBUF.</param>
/// <param name="Srcs">1 to 16 sources in HBM or SBUF, each as many elements as dst; with an index two, one of them dst
/// itself.</param>
/// <param name="ReduceOp">How they are joined: add.</param>
/// <param name="Scales">A factor for each source, all 1; empty for the same.</param>
/// <param name="UniqueIndices">No row of dst is named twice; true where dst is indexed.</param>
/// <param name="OobMode">What an index outside the tensor does: fault, or leave its row; skip needs an index.</param>
[Operation("dma_compute", Engines = Engines.Any, IsDma = true, Summary = "dst = srcs[0] + srcs[1] + ...",
    Example = """
        hbm a : bf16[128,512]
        hbm b : bf16[128,512]
        sbuf sum : fp32[128,512]
        sync dma_compute dst=sum srcs=[a,b] reduce_op=add
        """)]
public sealed record DmaCompute(
    [Writes(Spaces = MemorySpaces.Dma)] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Dma)] EquatableArray<AccessPattern> Srcs,
    AluOp ReduceOp,
    EquatableArray<float> Scales = default,
    bool UniqueIndices = true,
    OobMode OobMode = OobMode.Error) : Operation
{
    /// <summary>The order of additions.</summary>
    public static readonly Gap Order = new("dma_compute", "in which order the sources are added", "from the first to the last");

    /// <summary>A sum of one source.</summary>
    public static readonly Gap OneSource = new(
        "dma_compute", "whether one source alone is added to dst: the migration guide puts that in the place of a read-modify-write, "
        + "nki.isa adds up the sources only", "dst is the source, as nki.isa says");

    /// <summary>Rows by index before generation 3.</summary>
    public static readonly Gap FirstGather = new(
        "dma_compute", "whether generation 2 adds to rows by index: the DGE reference has indices from generation 3 on, nki.isa does not say so",
        "it does, as nki.isa has it");

    /// <summary>The speed of sums.</summary>
    public static readonly Gap Rate = new(
        "dma_compute", "how fast DMA engines add", "as fast as they copy the bytes of all sources");

    private bool IsIndexed => SumRules.IsIndexed(this);

    /// <inheritdoc/>
    public override void Verify(Verifier v) => SumRules.Verify(v, this);

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        foreach (ref readonly var source in Srcs.Span) sink.Read(source);
        if (DmaRules.IsVector(Dst) || OobMode == OobMode.Skip) sink.MayWrite(Dst);
        else sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        Span<Tile> tiles = stackalloc Tile[SumRules.MostSources];
        tiles = tiles[..Srcs.Count];
        if (!IsIndexed)
        {
            for (var i = 0; i < tiles.Length; i++) tiles[i] = core.Tile(Srcs[i]);
            Transport.Add(core.Tile(Dst), tiles);
            return;
        }

        if (DmaRules.IsVector(Dst)) SumRules.CheckUnique(core, Dst);
        for (var row = 0; row < Dst.Partitions; row++)
        {
            if (OobMode == OobMode.Skip && !AreInside(core, row)) continue;
            for (var i = 0; i < tiles.Length; i++) tiles[i] = Row(core, Srcs[i], row);
            Transport.Add(Row(core, Dst, row), tiles);
        }
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Trigger(
        DmaWork.Sum(e.Program, Dst, Srcs.Span) with { Descriptors = IsIndexed ? DgeMode.Swdge : DgeMode.None });

    private bool AreInside(CoreState core, int row)
    {
        foreach (ref readonly var source in Srcs.Span)
        {
            if (DmaRules.IsVector(source) && !core.IsInside(source, row)) return false;
        }

        return !DmaRules.IsVector(Dst) || core.IsInside(Dst, row);
    }

    private static Tile Row(CoreState core, in AccessPattern p, int row) =>
        DmaRules.IsVector(p) ? core.Row(p, row) : core.Tile(p).Slice(row, 1);
}
