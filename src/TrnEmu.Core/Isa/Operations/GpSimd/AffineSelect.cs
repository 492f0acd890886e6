using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// dst = (a cmp_op 0) ? on_true_tile : on_false_value, with the index a[p, i0, …] = offset + p channel_multiplier + i0
/// step0 + … of <see cref="Iota"/>: causal masks without a mask in memory. Equal dtypes keep their bits, others go
/// through fp32. Source: nki.isa.affine_select.
/// </summary>
/// <param name="Dst">[P, F] in SBUF.</param>
/// <param name="Pattern">[[step, num], …], slowest first, up to four; the product of the nums is F.</param>
/// <param name="ChannelMultiplier">Difference of the index from one partition to the next.</param>
/// <param name="OnTrueTile">[P, F] in SBUF: what is kept where the comparison holds.</param>
/// <param name="OnFalseValue">What is written elsewhere, rounded to dst's dtype.</param>
/// <param name="CmpOp">equal, not_equal, greater, greater_equal, less or less_equal.</param>
/// <param name="Offset">Index of the first element of partition 0.</param>
[Operation("affine_select", Engines = Engines.GpSimd, Summary = "dst = (affine index cmp_op 0) ? on_true_tile : on_false_value",
    Example = """
        sbuf x : fp32[128,128]
        sbuf y : fp32[128,128]
        gpsimd affine_select dst=y pattern=[[-1,128]] channel_multiplier=1 on_true_tile=x on_false_value=-1e+30 cmp_op=greater_equal
        """)]
public sealed record AffineSelect(
    [Writes(Spaces = MemorySpaces.Sbuf)] AccessPattern Dst, EquatableArray<AffineLevel> Pattern, int ChannelMultiplier,
    [Reads(Spaces = MemorySpaces.Sbuf)] AccessPattern OnTrueTile, float OnFalseValue, AluOp CmpOp = AluOp.Equal,
    int Offset = 0) : Operation
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.GpSimd, "dst", Dst);
        ElementRules.Source(v, Engine.GpSimd, Dst, "on_true_tile", OnTrueTile);
        AffineRules.Verify(v, Pattern, Dst);
        if (!CmpOp.IsComparison()) v.Error(AffineRules.Comparison, $"cmp_op is {CmpOp.Name()}, must be a comparison");
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Elementwise.Select(
        core.Tile(Dst), core.Tile(OnTrueTile), AffineRules.Index(Pattern, Offset, ChannelMultiplier), CmpOp, OnFalseValue);

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Affine, (int)Dst.Free, OnTrueTile.DType, e.Traits(Dst, OnTrueTile), Rows: Dst.Partitions));
}
