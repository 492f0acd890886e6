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
/// dst = (u &lt; prob) ? 0 : data with a random u of [0, 1) for each element: probability 0 keeps all, 1 drops all. Bits
/// are kept, not scaled by 1 / (1 - prob). u = (bits &gt;&gt; 8) 2^-24, where bits are what rng would write on Vector
/// for data's partitions. Source: nki.isa.dropout.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM, the dtype of data.</param>
/// <param name="Data">[P, F], SBUF or PSUM.</param>
/// <param name="Prob">Constant or column [P, 1]: fp32, or any float dtype where data are floats.</param>
[Operation("dropout", Engines = Engines.Vector, DefaultEngine = Engine.Vector, Summary = "dst = random < prob ? 0 : data",
    Example = """
        sbuf x : bf16[128,512]
        sbuf y : bf16[128,512]
        vector dropout dst=y data=x prob=0.1
        """)]
public sealed record Dropout(
    [Writes] AccessPattern Dst, [Reads] AccessPattern Data, [Reads] ScalarOperand Prob) : Operation
{
    /// <summary>Vector's generator before generation 4 is not published.</summary>
    public static readonly Gap Lfsr = RandomGaps.Lfsr("dropout");

    /// <summary>The order of Vector's four states is not published.</summary>
    public static readonly Gap States = RandomGaps.States("dropout");

    /// <summary>How bits become numbers is not published.</summary>
    public static readonly Gap Fraction = RandomGaps.Fraction("dropout");

    /// <summary>The states at the start are not published.</summary>
    public static readonly Gap Start = RandomGaps.Start("dropout");

    /// <summary>Probabilities that are none are not excluded.</summary>
    public static readonly Gap Outside = new(
        "dropout", "what a probability outside 0 to 1 does", "below 0 or NaN it keeps all, above 1 it drops all: u < prob decides");

    /// <summary>Lanes go by the data.</summary>
    public static readonly Gap Lane = new(
        "dropout", "whose generator a row uses when data and dst start at different partitions", "that of data's physical partition");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Source(v, Engine.Vector, Dst, "data", Data);
        ElementRules.Column(v, Engine.Vector, "prob", Prob, Data, dtype: null);
        if (Data.DType != Dst.DType)
            v.Error(VerifyCodes.DType, $"data is {Data.DType.Name()}, dst is {Dst.DType.Name()}: they must be equal");
        if (Prob.Column is not { } prob || prob.DType == DType.Fp32 || (Data.DType.IsFloat() && prob.DType.IsFloat())) return;
        v.Error(VerifyCodes.DType, $"prob is a {prob.DType.Name()} column, must be {(Data.DType.IsFloat() ? "a float" : "fp32")}: data is "
            + Data.DType.Name());
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Data);
        sink.Read(Prob);
        RandomRules.Effects(sink, Engines.Vector);
        sink.Write(Dst);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void Execute(CoreState core)
    {
        var (dst, data, lane, probability) = (core.Tile(Dst), core.Tile(Data), core.LaneOf(Data), core.Operand(Prob));
        Span<uint> draws = stackalloc uint[RowBytes.Block];
        Span<uint> bits = stackalloc uint[RowBytes.Block];
        for (var p = 0; p < dst.Partitions; p++)
        {
            var limit = probability.At(p);
            for (var start = 0; start < dst.Elements; start += RowBytes.Block)
            {
                var count = Math.Min(RowBytes.Block, dst.Elements - start);
                core.Random.Draw(Engine.Vector, lane + p, start, draws[..count]);
                Rows.LoadBits(data, p, start, bits[..count]);
                Uniform.Drop(limit, draws[..count], bits[..count]);
                Rows.StoreBits(dst, p, start, bits[..count]);
            }
        }
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Random, (int)Dst.Free, Data.DType, e.Traits(Dst, Data), Rows: Dst.Partitions));
}
