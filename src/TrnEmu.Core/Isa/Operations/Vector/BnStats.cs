using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst[p] = [n, m, s] of the even elements of data[p], then of the odd ones: n their count, m their mean and s their
/// variance times n, which is the sum of (x - m)^2; n = m = s = 0 for none. fp32, rounded to dst's dtype. With
/// <see cref="BnAggr"/> it makes the mean and variance of a row, or of several. Source: nki.isa.bn_stats.
/// </summary>
/// <param name="Dst">[P, 6], SBUF or PSUM, written when a row has been read.</param>
/// <param name="Data">[P, F], F at most 512, SBUF or PSUM.</param>
[Operation("bn_stats", Engines = Engines.Vector,
    Summary = "dst = [count, mean, variance * count] of the even elements, then of the odd",
    Example = """
        sbuf x : bf16[128,512]
        sbuf stats : fp32[128,6]
        vector bn_stats dst=stats data=x
        """)]
public sealed record BnStats([Writes] AccessPattern Dst, [Reads] AccessPattern Data) : Operation
{
    /// <summary>The order of the sums is not published.</summary>
    public static readonly Gap Order = new(
        "bn_stats", "in which order, and in how many passes, the elements are summed",
        "two passes, the mean (sum / count) first, both sums in the order of every reduction: 16 strided lanes, then a "
        + "tree");

    private const int Statistics = 6;

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Stream(v, Engine.Vector, "data", Data);
        if (Data.Free > BatchStatistics.Limit)
        {
            v.Error(VerifyCodes.FreeSize, $"data free size is {Data.Free}, limit {BatchStatistics.Limit} elements: "
                + "bn_aggr combines several");
        }

        ElementRules.Results(v, "dst", Dst, Data, Statistics);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => BatchStatistics.OfRows(core.Tile(Dst), core.Tile(Data));

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.BatchStatistics, (int)Data.Free, Data.DType, e.Traits(Dst, Data),
            Rows: Data.Partitions));
}
