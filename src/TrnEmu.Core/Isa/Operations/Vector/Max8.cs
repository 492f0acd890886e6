using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst[p] = the eight largest elements of src[p], equal ones as often as they occur, descending; compared in fp32 and
/// rounded to dst's dtype. With <see cref="NcFindIndex8"/> and <see cref="NcMatchReplace8"/> it makes a top-k. Source:
/// nki.isa.max8.
/// </summary>
/// <param name="Dst">[P, 8], SBUF or PSUM, written when a row has been read.</param>
/// <param name="Src">[P, F] or [P, F0, F1], 8 to 16384 elements, SBUF or PSUM.</param>
[Operation("max8", Engines = Engines.Vector,
    Summary = "dst = the 8 largest of each partition, descending",
    Example = """
        sbuf x : bf16[128,512]
        sbuf top : bf16[128,8]
        vector max8 dst=top src=x
        """)]
public sealed record Max8([Writes] AccessPattern Dst, [Reads] AccessPattern Src) : Operation
{
    /// <summary>The place of NaN among the largest is not published.</summary>
    public static readonly Gap Order = new(
        "max8", "where NaN ranks, and which zero is the larger", "as in maximum: NaN before +Inf, +0 before -0");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        EightRules.Row(v, "src", Src);
        EightRules.Found(v, "dst", Dst, Src);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => EightValues.Largest(core.Tile(Dst), core.Tile(Src));

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Max8, (int)Src.Free, Src.DType, e.Traits(Dst, Src), Rows: Src.Partitions));
}
