using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>
/// Transpose by DMA: the first and the last dimension of src change places, those between stay: dst[f, p] = src[p, f],
/// dst[f, a, p] = src[p, a, f], dst[f, a, b, p] = src[p, a, b, f]. The last dimension is as long as dst has partitions.
/// Bits are kept. An index tensor gathers the rows of src: p is then row index[p % R, p / R] of HBM, R the rows of the
/// index tensor. From generation 3 DMA engines transpose as they move; before, every element is a piece of its own.
/// Source: nki.isa.dma_transpose.
/// </summary>
/// <param name="Dst">[F, P], [F, A, P] or [F, A, B, P] in SBUF, the dtype of src; shares no byte with it.</param>
/// <param name="Src">[P, F], [P, A, F] or [P, A, B, F] in HBM or SBUF, elements of 2 or 4 bytes; 2 where its rows are
/// gathered or with hwdge.</param>
/// <param name="Axes">[1,0], [2,1,0] or [3,1,2,0]: src's dimensions as they come in dst; empty for what the shapes
/// say.</param>
/// <param name="Priority">0 (first) to 3 among the DMAs of a core, from generation 4; null for none.</param>
/// <param name="DgeMode">Who writes the descriptors: unknown or hwdge, of gathered rows unknown or swdge.</param>
/// <param name="OobMode">What an index outside the tensor does: fault, or leave its column (or all).</param>
[Operation("dma_transpose", Engines = Engines.Any, IsDma = true, Summary = "dst[f,p] = src[p,f]; dst[f,a,b,p] = src[p,a,b,f]",
    Example = """
        hbm x : bf16[64,128]
        sbuf t : bf16[128,64]
        sync dma_transpose dst=t src=x
        """)]
public sealed record DmaTranspose(
    [Writes(Spaces = MemorySpaces.Sbuf, DTypes = "all")] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Dma, DTypes = "all")] AccessPattern Src,
    EquatableArray<int> Axes = default,
    int? Priority = null,
    DgeMode DgeMode = DgeMode.Unknown,
    OobMode OobMode = OobMode.Error) : Operation
{
    /// <summary>Descriptors from the host.</summary>
    public static readonly Gap HostDescriptors = new(
        "dma_transpose", "whether dge_mode none transposes: the text of nki.isa takes unknown and hwdge only, its list of parameters and the "
        + "DGE reference none as well", "it does, as unknown does, with descriptors that the host wrote");

    /// <summary>The longest row that the hardware generator takes.</summary>
    public static readonly Gap HardwareRow = new(
        "dma_transpose", "how long the last dimension is with hwdge: nki.isa says at most 128, the DGE reference a multiple of 128",
        "at most 128, as nki.isa says");

    /// <summary>Moved addresses with descriptors from software.</summary>
    public static readonly Gap SoftwareDescriptors = new(
        "dma_transpose", "whether dge_mode swdge takes scalar_offset: a table of the DGE reference says any mode, nki.isa unknown and hwdge "
        + "unless rows are gathered", "refused, as nki.isa says");

    /// <summary>Generation 2.</summary>
    public static readonly Gap FirstTransposing = new(
        "dma_transpose", "whether generation 2 has it: the architecture guides describe transposing DMA engines from generation 3 on, nki.isa "
        + "asks for that only where rows are gathered", "it does, by a copy in which every element is a piece of its own");

    /// <summary>What a priority does.</summary>
    public static readonly Gap Precedence = DmaCopy.Precedence with { Subject = "dma_transpose" };

    /// <summary>The speed of gathered rows.</summary>
    public static readonly Gap GatherRate = new(
        "dma_transpose", "how fast gathered rows are transposed", "as fast as rows that follow one another");

    private const int FirstTransposingGeneration = 3;

    /// <inheritdoc/>
    public override void Verify(Verifier v) => DmaTransposeRules.Verify(v, this);

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Src);
        if (OobMode == OobMode.Skip) sink.MayWrite(Dst);
        else sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        if (OobMode == OobMode.Skip && !IsInside(core, Dst)) return;
        if (DmaRules.IsVector(Src))
        {
            Gather(core, core.Tile(Dst));
        }
        else if (OobMode == OobMode.Error || IsInside(core, Src))
        {
            var (dst, src) = (core.Tile(Dst), core.Tile(Src));
            ApartRules.Check(core, Dst, Src, mayBeSame: false);
            Transposition.Move(dst, src);
        }
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e)
    {
        var mode = DmaRules.IsVector(Src) ? DgeMode.Swdge : DgeMode;
        if (e.Generation >= FirstTransposingGeneration)
        {
            e.Trigger(DmaWork.Transfer(e.Program, Dst, Src, DmaKind.Transpose) with { Descriptors = mode });
            return;
        }

        var transfer = DmaWork.Transfer(e.Program, Dst, Src, DmaKind.Copy);
        e.Trigger(transfer with { RunsPerRow = (int)(Src.Elements / transfer.Rows), Descriptors = mode });
    }

    private static bool IsInside(CoreState core, in AccessPattern p) => !p.IsDynamic || core.IsInside(p, 0);

    /// <summary>Blocks of rows that are all inside the tensor.</summary>
    private void Gather(CoreState core, in Tile dst)
    {
        Span<Tile> rows = stackalloc Tile[Transposition.MostRows];
        for (var first = 0; first < Src.Partitions;)
        {
            var count = 0;
            for (var row = first; row < Src.Partitions && count < rows.Length; row++)
            {
                if (OobMode == OobMode.Skip && !core.IsInside(Src, row)) break;
                rows[count++] = core.Row(Src, row);
            }

            Transposition.Block(dst, Src.Partitions, first, rows[..count]);
            first += Math.Max(count, 1);
        }
    }
}
