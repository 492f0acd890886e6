using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// The random generator of each lane that has a partition in src_seeds gets that partition's words, as they stand; other
/// lanes keep theirs. A lane is a physical partition. Restores what rand_get_state saved. GpSimd from generation 3,
/// Vector from 4; without a named engine, GpSimd's. Source: nki.isa.rand_set_state.
/// </summary>
/// <param name="SrcSeeds">[P, 6] for GpSimd, [P, 24] for Vector, in SBUF: the words of one state, or of four.</param>
[Operation("rand_set_state", Engines = Engines.GpSimd | Engines.Vector, DefaultEngine = Engine.GpSimd, MinGeneration = 3,
    Summary = "state of the random generator = src_seeds",
    Example = """
        sbuf state : uint32[128,6]
        gpsimd rand_set_state src_seeds=state
        """)]
public sealed record RandSetState(
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "uint32")] AccessPattern SrcSeeds) : Operation
{
    /// <summary>The order of the words is not published.</summary>
    public static readonly Gap Words = RandomGaps.Words("rand_set_state");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, RandomRules.Engine(v), "src_seeds", SrcSeeds);
        RandomRules.State(v, "src_seeds", SrcSeeds);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(SrcSeeds);
        RandomRules.Effects(sink, Info.Attribute.Engines);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (src, lane, engine) = (core.Tile(SrcSeeds), core.LaneOf(SrcSeeds), RandomRules.Engine(core));
        for (var p = 0; p < src.Partitions; p++) Rows.LoadBits(src, p, 0, core.Random.State(engine, lane + p));
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(new Instruction(
        CostClass.Random, (int)SrcSeeds.Free, SrcSeeds.DType, e.Traits(SrcSeeds, SrcSeeds), Rows: SrcSeeds.Partitions));
}
