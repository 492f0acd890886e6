using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>
/// Ends the body of the loop or while_loop that began last: goes back to its first operation with the next i, or on
/// when there is no iteration left. A barrier of the core as loop is. Source: nki.language.fori_loop,
/// nki.language.while_loop.
/// </summary>
[Operation("end_loop", Engines = Engines.Any, Summary = "the end of an iteration: back to the body's start, or on",
    Example = """
        sync loop i=r0 start=0 stop=4
        sync register_move dst=r1 src=r0
        sync end_loop
        """)]
public sealed record EndLoop : Operation, IControlFlow
{
    /// <inheritdoc/>
    public int Nesting => -1;

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => core.Loops.EndIteration();

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => LoopRules.Expand(e);
}
