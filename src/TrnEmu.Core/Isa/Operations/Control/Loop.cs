using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>
/// Runs the operations up to its end_loop once for each i = start, start + step, … below stop. The bounds are read
/// once, before the first iteration; what the body writes to i does not change the iterations. The start of the loop
/// and the end of each iteration are barriers of the core: every engine and DMA has completed what came before. On each
/// engine they cost a semaphore instruction and a branch. Source: nki.language.fori_loop, nki.language.dynamic_range.
/// </summary>
/// <param name="I">Register that holds i; start already when the body never runs.</param>
/// <param name="Start">The first i.</param>
/// <param name="Stop">Where i ends, itself excluded.</param>
/// <param name="Step">From one i to the next, at least 1.</param>
[Operation("loop", Engines = Engines.Any,
    Summary = "for i = start, start + step, … < stop: what stands before end_loop",
    Example = """
        hbm rows : int32[4,1]
        sync loop i=r0 start=0 stop=4
        sync register_store dst=rows[1,1][1,1]@r0*1 src=r0
        sync end_loop
        """)]
public sealed record Loop(Register I, IntegerOperand Start, IntegerOperand Stop, int Step = 1) : Operation, IControlFlow
{
    /// <summary>What the register holds behind the loop.</summary>
    public static readonly Gap RegisterAfterLoop = new(
        "loop", "what the loop's register holds after the last iteration",
        "it keeps the i of the last iteration, or what the body wrote to it");

    /// <inheritdoc/>
    public int Nesting => 1;

    /// <summary>True when the bounds are integers.</summary>
    public bool IsStatic => Start.Register is null && Stop.Register is null;

    /// <summary>Iterations of a loop with these bounds.</summary>
    public static long Iterations(int start, int stop, int step) =>
        stop <= start ? 0 : ((long)stop - start + step - 1) / step;

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        RegisterRules.Number(v, "i", I);
        if (Start.Register is { } start) RegisterRules.Number(v, "start", start);
        if (Stop.Register is { } stop) RegisterRules.Number(v, "stop", stop);
        if (Step < 1) v.Error(LoopCodes.Step, $"step is {Step}, must be at least 1");
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        if (Start.Register is { } start) sink.Read(start);
        if (Stop.Register is { } stop) sink.Read(stop);
        sink.Write(I);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => core.Loops.Begin(this, core.Value(Start), core.Value(Stop));

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => LoopRules.Expand(e);
}
