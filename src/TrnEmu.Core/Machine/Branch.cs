using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Core.Machine;

/// <summary>
/// What becomes of the end of an iteration, or the start of a loop, on one engine of a straight program: a branch, and
/// on one of the engines the register of the next iteration. No program is written with it.
/// </summary>
/// <param name="I">Register that is written, or none.</param>
/// <param name="Value">What it gets.</param>
[Operation("branch", Engines = Engines.Any, Summary = "i = value, then the next iteration, or on")]
internal sealed record Branch(Register? I = null, int Value = 0) : Operation
{
    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        if (I is { } register) sink.Write(register);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        if (I is { } register) core[register] = Value;
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(LoopRules.Branch);
}
