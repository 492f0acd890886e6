using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// Sets the generators of all 128 lanes of Vector from one seed, the 32 bits of src_seeds as they stand: the same seed,
/// the same random numbers. GpSimd's generators stay. Source: nki.isa.set_rng_seed.
/// </summary>
/// <param name="SrcSeeds">[1, 1], SBUF or PSUM.</param>
[Operation("set_rng_seed", Engines = Engines.Vector, DefaultEngine = Engine.Vector,
    Summary = "seed of Vector's random generator = src_seeds",
    Example = """
        sbuf seed : uint32[1,1]
        vector set_rng_seed src_seeds=seed
        """)]
public sealed record SetRngSeed(
    [Reads(DTypes = "fp32 int32 uint32")] AccessPattern SrcSeeds) : Operation
{
    /// <summary>How one seed becomes 128 states is not published.</summary>
    public static readonly Gap Expansion = new(
        "set_rng_seed", "how one seed becomes the states of 128 lanes",
        "word k of lane l is mix(seed + 0x9e3779b9 * (1 + 128 k + l)) mod 2^32, mix being MurmurHash3's finaliser; a state that would "
        + "never move (all 0) gets a 1");

    /// <summary>Vector's generator before generation 4 is not published.</summary>
    public static readonly Gap Lfsr = RandomGaps.Lfsr("set_rng_seed");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "src_seeds", SrcSeeds);
        if (SrcSeeds.Partitions != 1 || SrcSeeds.Free != 1)
            v.Error(VerifyCodes.Shape, $"src_seeds is [{SrcSeeds.Partitions},{SrcSeeds.Free}], expected [1,1]: one seed for all lanes");
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(SrcSeeds);
        sink.Write(EngineState.Random(Engine.Vector));
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        Span<uint> seed = [0];
        Rows.LoadBits(core.Tile(SrcSeeds), 0, 0, seed);
        core.Random.Seed(seed[0]);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Random, 1, SrcSeeds.DType, e.Traits(SrcSeeds, SrcSeeds), Rows: 1));
}
