using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// dst = 32 random bits for each element, of which its dtype keeps the low ones. Each partition has a generator of its
/// own, that of its physical partition: XORWOW on GpSimd (from generation 3) and on Vector from generation 4; before
/// that a shift register on Vector, for which the emulator has a stand-in. Without a named engine Vector executes it.
/// Source: nki.isa.rng.
/// </summary>
/// <param name="Dst">[P, F], SBUF or (Vector only) PSUM.</param>
[Operation("rng", Engines = Engines.Vector | Engines.GpSimd, DefaultEngine = Engine.Vector, Summary = "dst = random bits",
    Example = """
        sbuf bits : uint32[128,512]
        vector rng dst=bits
        """)]
public sealed record Rng(
    [Writes(DTypes = "int8 int16 int32 uint8 uint16 uint32")] AccessPattern Dst) : Operation
{
    /// <summary>Vector's generator before generation 4 is not published.</summary>
    public static readonly Gap Lfsr = RandomGaps.Lfsr("rng");

    /// <summary>The order of Vector's four states is not published.</summary>
    public static readonly Gap States = RandomGaps.States("rng");

    /// <summary>The states at the start are not published.</summary>
    public static readonly Gap Start = RandomGaps.Start("rng");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, RandomRules.Engine(v), "dst", Dst);
        RandomRules.Since(v, Engine.GpSimd, RandomRules.FirstGpSimd);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        RandomRules.Effects(sink, Info.Attribute.Engines);
        sink.Write(Dst);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void Execute(CoreState core)
    {
        var (dst, lane, engine) = (core.Tile(Dst), core.LaneOf(Dst), RandomRules.Engine(core));
        Span<uint> block = stackalloc uint[RowBytes.Block];
        for (var p = 0; p < dst.Partitions; p++)
        {
            for (var start = 0; start < dst.Elements; start += RowBytes.Block)
            {
                var draws = block[..Math.Min(RowBytes.Block, dst.Elements - start)];
                core.Random.Draw(engine, lane + p, start, draws);
                Rows.StoreBits(dst, p, start, draws);
            }
        }
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Random, (int)Dst.Free, Dst.DType, e.Traits(Dst), Rows: Dst.Partitions));
}
