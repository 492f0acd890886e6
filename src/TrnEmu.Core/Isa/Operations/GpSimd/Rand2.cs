using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Numerics.Generators;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// dst = min + (max - min) u with random u of [0, 1): uniform between min and max, in fp32 with each operation rounded,
/// then rounded once to dst's dtype. u = (bits &gt;&gt; 8) 2^-24, where bits are what rng would write: Vector's XORWOW
/// of the physical partition. Source: nki.isa.rand2.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Min">Constant or fp32 column [P, 1].</param>
/// <param name="Max">Constant or fp32 column [P, 1], above min.</param>
[Operation("rand2", Engines = Engines.Vector, DefaultEngine = Engine.Vector, MinGeneration = 4,
    Summary = "dst = uniform random numbers of [min, max]",
    Example = """
        sbuf noise : fp32[128,512]
        vector rand2 dst=noise min=-1 max=1
        """)]
public sealed record Rand2(
    [Writes(DTypes = "fp8_e4m3 fp8_e5m2 fp16 bf16 fp32 tf32 integer")] AccessPattern Dst, [Reads] ScalarOperand Min, [Reads] ScalarOperand Max) : Operation
{
    /// <summary>How bits become numbers is not published.</summary>
    public static readonly Gap Fraction = RandomGaps.Fraction("rand2");

    /// <summary>The order of Vector's four states is not published.</summary>
    public static readonly Gap States = RandomGaps.States("rand2");

    /// <summary>The states at the start are not published.</summary>
    public static readonly Gap Start = RandomGaps.Start("rand2");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Column(v, Engine.Vector, "min", Min, Dst);
        ElementRules.Column(v, Engine.Vector, "max", Max, Dst);
        Finite(v, "min", Min);
        Finite(v, "max", Max);
        if (Min.Column is null && Max.Column is null && Min.Value >= Max.Value)
            v.Error(GpSimdCodes.Interval, FormattableString.Invariant($"min is {Min.Value}, max is {Max.Value}: min must be below max"));
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Min);
        sink.Read(Max);
        RandomRules.Effects(sink, Engines.Vector);
        sink.Write(Dst);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void Execute(CoreState core)
    {
        var (dst, lane) = (core.Tile(Dst), core.LaneOf(Dst));
        var (min, max) = (core.Operand(Min), core.Operand(Max));
        Span<uint> block = stackalloc uint[RowBytes.Block];
        Span<float> results = stackalloc float[RowBytes.Block];
        for (var p = 0; p < dst.Partitions; p++)
        {
            var (low, high) = (min.At(p), max.At(p));
            for (var start = 0; start < dst.Elements; start += RowBytes.Block)
            {
                var draws = block[..Math.Min(RowBytes.Block, dst.Elements - start)];
                core.Random.Draw(Engine.Vector, lane + p, start, draws);
                Uniform.Between(low, high, draws, results);
                Rows.Store(dst, p, start, results[..draws.Length]);
            }
        }
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Random, (int)Dst.Free, Dst.DType, e.Traits(Dst), Rows: Dst.Partitions));

    private static void Finite(Verifier v, string name, in ScalarOperand operand)
    {
        if (operand.Column is null && !float.IsFinite(operand.Value))
            v.Error(GpSimdCodes.Interval, FormattableString.Invariant($"{name} is {operand.Value}, must be finite"));
    }
}
