using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// dst = the words of each lane's random generator; a lane is a physical partition. rand_set_state restores them.
/// GpSimd from generation 3, Vector from 4; without a named engine, GpSimd's. Source: nki.isa.rand_get_state.
/// </summary>
/// <param name="Dst">[P, 6] for GpSimd, in SBUF; [P, 24] for Vector, SBUF or PSUM.</param>
[Operation("rand_get_state", Engines = Engines.GpSimd | Engines.Vector, DefaultEngine = Engine.GpSimd, MinGeneration = 3,
    Summary = "dst = state of the random generator",
    Example = """
        sbuf state : uint32[128,6]
        gpsimd rand_get_state dst=state
        """)]
public sealed record RandGetState(
    [Writes(DTypes = "uint32")] AccessPattern Dst) : Operation
{
    /// <summary>The order of the words is not published.</summary>
    public static readonly Gap Words = RandomGaps.Words("rand_get_state");

    /// <summary>The states at the start are not published.</summary>
    public static readonly Gap Start = RandomGaps.Start("rand_get_state");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, RandomRules.Engine(v), "dst", Dst);
        RandomRules.State(v, "dst", Dst);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        foreach (var engine in new ReadOnlySpan<Engine>([Engine.Vector, Engine.GpSimd])) sink.Read(EngineState.Random(engine));
        sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (dst, lane, engine) = (core.Tile(Dst), core.LaneOf(Dst), RandomRules.Engine(core));
        for (var p = 0; p < dst.Partitions; p++) Rows.StoreBits(dst, p, 0, core.Random.State(engine, lane + p));
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Random, (int)Dst.Free, Dst.DType, e.Traits(Dst), Rows: Dst.Partitions));
}
