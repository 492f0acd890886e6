using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>
/// Makes a register; with a value, dst = x. Without one the register must be written before it is read.
/// Source: nki.isa.register_alloc.
/// </summary>
/// <param name="Dst">The new register.</param>
/// <param name="X">Its first value, or none.</param>
[Operation("register_alloc", Engines = Engines.Any, Summary = "dst = x, or an empty register",
    Example = """
        sync register_alloc dst=r0 x=4
        """)]
public sealed record RegisterAlloc(Register Dst, int? X = null) : Operation
{
    /// <inheritdoc/>
    public override void Verify(Verifier v) => RegisterRules.Number(v, "dst", Dst);

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        if (X is not null) sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        if (X is { } value) core[Dst] = value;
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e)
    {
        if (X is not null) e.Add(RegisterRules.Work);
    }
}
