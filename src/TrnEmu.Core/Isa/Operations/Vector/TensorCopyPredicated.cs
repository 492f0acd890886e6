using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst = src where the predicate is not 0, else dst keeps its bytes; with reverse_pred the other way round. Bits are
/// kept: src has dst's dtype, or is a constant. Source: nki.isa.tensor_copy_predicated.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Src">
/// A tensor [P, F] of dst's dtype (not a column, though the type is the same), or a constant, rounded to dst's dtype.
/// </param>
/// <param name="Predicate">[P, F] of unsigned integers; not in PSUM when src is.</param>
/// <param name="ReversePred">Copies where the predicate is 0.</param>
[Operation("tensor_copy_predicated", Engines = Engines.Vector, Summary = "dst = predicate ? src : dst",
    Example = """
        sbuf x : bf16[128,512]
        sbuf p : uint8[128,512]
        sbuf y : bf16[128,512]
        vector tensor_copy_predicated dst=y src=x predicate=p
        """)]
public sealed record TensorCopyPredicated(
    [Writes(Indirect = true)] AccessPattern Dst, [Reads] ScalarOperand Src,
    [Reads(DTypes = "uint8 uint16 uint32", Indirect = true)] AccessPattern Predicate, bool ReversePred = false) : Operation
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Source(v, Engine.Vector, Dst, "predicate", Predicate);
        IndirectRules.Stream(v, Engine.Vector, Dst, "predicate", Predicate);
        if (IsRepeated(Dst)) v.Error(VectorCodes.Repeated, "dst has a level of stride 0");
        if (Src.Column is not { } src)
        {
            MemoryValues.Fits(v, "src", Src.Immediate, Dst.DType);
            return;
        }

        ElementRules.Source(v, Engine.Vector, Dst, "src", src);
        ElementRules.NotBothPsum(v, "src", src, "predicate", Predicate);
        if (src.DType != Dst.DType)
            v.Error(VerifyCodes.DType, $"src is {src.DType.Name()}, dst is {Dst.DType.Name()}: they must be equal");
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Src);
        sink.Read(Predicate);
        sink.MayWrite(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (dst, predicate) = (core.Destination(Dst), core.Tile(Predicate));
        if (Src.Column is { } src) Elementwise.CopyPredicated(dst, core.Tile(src), predicate, ReversePred);
        else Elementwise.CopyPredicated(dst, Src.Immediate, predicate, ReversePred);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e)
    {
        var traits = Src.Column is { } src ? e.Traits(Dst, src, Predicate) : e.Traits(Dst, Predicate);
        e.Add(new Instruction(
            CostClass.CopyPredicated, (int)Dst.Free, Src.Column?.DType ?? Predicate.DType, traits, Rows: Dst.Partitions));
    }

    private static bool IsRepeated(in AccessPattern p) => (p.Count0 > 1 && p.Stride0 == 0) || (p.Count1 > 1 && p.Stride1 == 0)
        || (p.Count2 > 1 && p.Stride2 == 0) || (p.Count3 > 1 && p.Stride3 == 0);
}
