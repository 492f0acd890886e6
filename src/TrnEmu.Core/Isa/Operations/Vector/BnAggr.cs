using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst[p] = [m, s / n], the mean and variance of all elements that the sets [c, mean, q] in data[p] describe, as
/// <see cref="BnStats"/> writes them (q = variance c). The sets with c ≠ 0 join one after the other, from n = m = s =
/// 0: d = mean - m, k = n + c, s = s + (q + (d d) (n c / k)), m = m + d (c / k), n = k. fp32, rounded to dst's dtype.
/// Source: nki.isa.bn_aggr.
/// </summary>
/// <param name="Dst">[P, 2], SBUF or PSUM, written when a row has been read.</param>
/// <param name="Data">[P, F], F a multiple of 3, SBUF or PSUM.</param>
[Operation("bn_aggr", Engines = Engines.Vector,
    Summary = "dst = [mean, variance] over sets of [count, mean, variance * count]",
    Example = """
        sbuf stats : fp32[128,12]
        sbuf y : fp32[128,2]
        vector bn_aggr dst=y data=stats
        """)]
public sealed record BnAggr([Writes] AccessPattern Dst, [Reads] AccessPattern Data) : Operation
{
    /// <summary>The formula is not published.</summary>
    public static readonly Gap Formula = new(
        "bn_aggr", "by which formula and in which order sets are combined, and what no elements give",
        "sets join one after the other by the update of Chan, Golub and LeVeque, empty ones are passed over; no elements "
        + "give mean 0 and variance NaN");

    private const int SetSize = 3;
    private const int Results = 2;

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Stream(v, Engine.Vector, "data", Data);
        if (Data.Free % SetSize != 0)
        {
            v.Error(VerifyCodes.Shape, $"data free size is {Data.Free}, must be a multiple of {SetSize}: count, mean, "
                + "variance * count");
        }

        ElementRules.Results(v, "dst", Dst, Data, Results);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => BatchStatistics.Combine(core.Tile(Dst), core.Tile(Data));

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.BatchAggregate, (int)Data.Free, Data.DType, e.Traits(Dst, Data),
            Rows: Data.Partitions));
}
