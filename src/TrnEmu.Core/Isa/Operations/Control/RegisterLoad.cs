using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>
/// dst = src, one integer from memory; narrower types are extended to 32 bits by their sign. Source:
/// nki.isa.register_load.
/// </summary>
/// <param name="Dst">Register that is written.</param>
/// <param name="Src">One integer element in HBM or SBUF.</param>
[Operation("register_load", Engines = Engines.Any, Summary = "dst = src (one element of memory)",
    Example = """
        sbuf n : int32[1,1]
        sync register_load dst=r0 src=n
        """)]
public sealed record RegisterLoad(
    Register Dst, [Reads(Spaces = MemorySpaces.Dma, DTypes = "integer")] AccessPattern Src) : Operation
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        RegisterRules.Number(v, "dst", Dst);
        RegisterRules.OneElement(v, "src", Src);
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
        Span<uint> bits = stackalloc uint[1];
        Rows.LoadBits(core.Tile(Src), 0, 0, bits);
        core[Dst] = Src.DType switch
        {
            DType.Int8 => (sbyte)bits[0],
            DType.Int16 => (short)bits[0],
            _ => (int)bits[0],
        };
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(RegisterRules.Work);
}
