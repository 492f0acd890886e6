using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>dst = src, 32 bits. Source: nki.isa.register_move.</summary>
/// <param name="Dst">Register that is written.</param>
/// <param name="Src">An integer, or another register.</param>
[Operation("register_move", Engines = Engines.Any, Summary = "dst = src (integer or register)",
    Example = """
        sync register_move dst=r0 src=1
        """)]
public sealed record RegisterMove(Register Dst, IntegerOperand Src) : Operation
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        RegisterRules.Number(v, "dst", Dst);
        if (Src.Register is { } source) RegisterRules.Number(v, "src", source);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        if (Src.Register is { } source) sink.Read(source);
        sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => core[Dst] = Src.Register is { } source ? core[source] : Src.Value;

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(RegisterRules.Work);
}
