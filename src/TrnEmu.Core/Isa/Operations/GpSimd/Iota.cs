using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// dst[p, i0, i1, …] = offset + p channel_multiplier + i0 step0 + i1 step1 + …: int32 arithmetic modulo 2^32, then
/// converted to dst's dtype (saturated to an integer, rounded to a float). p counts from 0 in dst. Source:
/// nki.isa.iota.
/// </summary>
/// <param name="Dst">[P, F] in SBUF; its levels may be split differently from the pattern's.</param>
/// <param name="Pattern">[[step, num], …], slowest first, up to four; the product of the nums is F.</param>
/// <param name="Offset">Value of the first element of partition 0.</param>
/// <param name="ChannelMultiplier">Difference from one partition to the next.</param>
[Operation("iota", Engines = Engines.GpSimd, Summary = "dst = offset + p * channel_multiplier + affine index",
    Example = """
        sbuf t : int32[128,512]
        gpsimd iota dst=t pattern=[[1,512]] channel_multiplier=512
        """)]
public sealed record Iota(
    [Writes(Spaces = MemorySpaces.Sbuf)] AccessPattern Dst, EquatableArray<AffineLevel> Pattern, int Offset = 0,
    int ChannelMultiplier = 0) : Operation
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.GpSimd, "dst", Dst);
        AffineRules.Verify(v, Pattern, Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) =>
        Elementwise.Iota(core.Tile(Dst), AffineRules.Index(Pattern, Offset, ChannelMultiplier));

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Affine, (int)Dst.Free, Dst.DType, e.Traits(Dst), Rows: Dst.Partitions));
}
