using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>
/// Two cores exchange tiles: dst of this core = src of core recv_from_rank, while its own src goes to dst of core
/// send_to_rank. Both wait until the other has arrived. Bits are kept. Priced as one DMA on each core. Source:
/// nki.isa.sendrecv.
/// </summary>
/// <param name="Src">[P, F] in SBUF of this core.</param>
/// <param name="Dst">[P, F] in SBUF of this core, the dtype of src; shares no byte with it.</param>
/// <param name="SendToRank">The other core.</param>
/// <param name="RecvFromRank">The other core.</param>
/// <param name="PipeId">Which exchange: the k-th of a pipe on one core meets the k-th on the other.</param>
/// <param name="DmaEngine">The DMA engines, or GpSimd's own DMA, which moves less at a time.</param>
[Operation("sendrecv", Engines = Engines.Any, IsDma = true, MinGeneration = 3,
    Summary = "dst = src of core recv_from_rank; src goes to core send_to_rank",
    Example = """
        sbuf a : fp32[128,512] core 0
        sbuf b : fp32[128,512] core 0
        sbuf c : fp32[128,512] core 1
        sbuf d : fp32[128,512] core 1
        core 0
        sync sendrecv src=a dst=b send_to_rank=1 recv_from_rank=1 pipe_id=0
        core 1
        sync sendrecv src=c dst=d send_to_rank=0 recv_from_rank=0 pipe_id=0
        """)]
public sealed record SendRecv(
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "all")] AccessPattern Src,
    [Writes(Spaces = MemorySpaces.Sbuf, DTypes = "all")] AccessPattern Dst,
    int SendToRank, int RecvFromRank, int PipeId, DmaEngine DmaEngine = DmaEngine.Dma) : Operation, IMeeting
{
    private const int SwapElements = 256;

    /// <inheritdoc/>
    public MeetingPoint Point => new("sendrecv", PipeId);

    /// <inheritdoc/>
    public int? Guarded => null;

    /// <inheritdoc/>
    public string? Mismatch(Operation other, IProgram program)
    {
        var partner = (SendRecv)other;
        if (IsLike(Src, partner.Dst) && IsLike(partner.Src, Dst) && DmaEngine == partner.DmaEngine) return null;
        return $"sends {Text(Src)} into {Text(partner.Dst)} by {OperationInfo.SnakeCase(DmaEngine.ToString())}, receives {Text(partner.Src)} into "
            + $"{Text(Dst)} by {OperationInfo.SnakeCase(partner.DmaEngine.ToString())}: they must be equal";
    }

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        CoreRules.TwoCores(v);
        CoreRules.OtherRank(v, "send_to_rank", SendToRank);
        CoreRules.OtherRank(v, "recv_from_rank", RecvFromRank);
        v.SameShape(Dst, "dst", Src, "src");
        if (Src.DType != Dst.DType)
            v.Error(VerifyCodes.DType, $"src is {Src.DType.Name()}, dst is {Dst.DType.Name()}: they must be equal");
        if (InPlaceRules.Overlap(v.Program, Dst, Src)) v.Error(VectorCodes.Overlap, "dst shares bytes with src, which the other core reads");
        DynamicRules.None(v, "src", Src);
        DynamicRules.None(v, "dst", Dst);
        if (DmaEngine != DmaEngine.GpsimdDma) return;
        if (v.Engine is not (Engine.None or Engine.GpSimd))
            v.Error(VerifyCodes.Engine, $"{v.Engine.Title()} engine cannot trigger dma_engine gpsimd_dma, GpSimd can");
        if (Src.Free > SwapElements)
        {
            v.Error(CoreRules.SwapSize, FormattableString.Invariant($"src has {Src.BytesPerPartition} bytes in each partition, limit ")
                + FormattableString.Invariant($"{SwapElements * Src.DType.Size()} of {Src.DType.Name()}"));
        }
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var partner = core.Peer(RecvFromRank);
        Bytes.Copy(core.Tile(Dst), partner.Tile(((SendRecv)partner.Current.Operation).Src));
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Trigger(DmaWork.Transfer(e.Program, Dst, Src, DmaKind.Copy) with { Descriptors = DgeMode.None });

    private static bool IsLike(in AccessPattern a, in AccessPattern b) =>
        (a.Partitions, a.Free, a.DType) == (b.Partitions, b.Free, b.DType);

    private static string Text(in AccessPattern p) => FormattableString.Invariant($"{p.DType.Name()}[{p.Partitions},{p.Free}]");
}
