using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>
/// Runs the operations up to its end_loop as long as the register is not 0, which is tested before each iteration: the
/// body of a register that is 0 never runs, so that it is a conditional body too. A barrier of the core as loop is.
/// Source: nki.language.while_loop.
/// </summary>
/// <param name="Condition">Register that is tested; the body writes it.</param>
[Operation("while_loop", Engines = Engines.Any, Summary = "while condition is not 0: what stands before end_loop",
    Example = """
        sbuf flag : int32[1,1]
        sync register_load dst=r0 src=flag
        sync while_loop condition=r0
        sync register_move dst=r0 src=0
        sync end_loop
        """)]
public sealed record WhileLoop(Register Condition) : Operation, IControlFlow
{
    /// <inheritdoc/>
    public int Nesting => 1;

    /// <inheritdoc/>
    public override void Verify(Verifier v) => RegisterRules.Number(v, "condition", Condition);

    /// <inheritdoc/>
    public override void Effects(EffectSink sink) => sink.Read(Condition);

    /// <inheritdoc/>
    public override void Execute(CoreState core) => core.Loops.Begin(this);

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => LoopRules.Expand(e);
}
