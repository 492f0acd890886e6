using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>
/// dst = src, one integer to memory; narrower types keep the low bits. Source: nki.isa.register_store.
/// </summary>
/// <param name="Dst">One integer element in HBM or SBUF.</param>
/// <param name="Src">Register that is read.</param>
[Operation("register_store", Engines = Engines.Any, Summary = "dst (one element of memory) = src",
    Example = """
        sbuf n : int32[1,1]
        sync register_store dst=n src=r0
        """)]
public sealed record RegisterStore(
    [Writes(Spaces = MemorySpaces.Dma, DTypes = "integer")] AccessPattern Dst, Register Src) : Operation
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        RegisterRules.OneElement(v, "dst", Dst);
        RegisterRules.Number(v, "src", Src);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Src);
        sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        Span<uint> bits = [(uint)core[Src]];
        Rows.StoreBits(core.Tile(Dst), 0, 0, bits);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(RegisterRules.Work);
}
