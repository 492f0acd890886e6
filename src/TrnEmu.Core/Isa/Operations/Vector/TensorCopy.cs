using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst = src: element i of partition p of dst is element i of partition p of src. Equal dtypes keep their bits (NaN
/// payloads, -0); others go through fp32 and are rounded once. The way out of PSUM, and between legal start partitions.
/// The Scalar engine has it from generation 3; GpSimd reaches SBUF only. Source: nki.isa.tensor_copy.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Src">[P, F], SBUF or PSUM; its free levels may be split differently.</param>
[Operation("tensor_copy", Engines = Engines.Vector | Engines.Scalar | Engines.GpSimd, Summary = "dst = src",
    Example = """
        psum c : fp32[128,512]
        sbuf y : bf16[128,512]
        vector tensor_copy dst=y src=c
        """)]
public sealed record TensorCopy(
    [Writes(DTypes = "all", Indirect = true)] AccessPattern Dst, [Reads(DTypes = "all", Indirect = true)] AccessPattern Src)
    : Operation, IRowwise
{
    private const int FirstScalarGeneration = 3;

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, v.Engine, "dst", Dst);
        ElementRules.Source(v, v.Engine, Dst, "src", Src);
        IndirectRules.Stream(v, v.Engine, Dst, "src", Src);
        ConversionRules.Verify(v, Dst, "src", Src);
        if (v.Engine == Engine.GpSimd && (Dst.IsIndirect || Src.IsIndirect))
            v.Error(VerifyCodes.Engine, "GpSimd engine copies no indirect views, Vector and Scalar do");
        if (v.Engine == Engine.Scalar && v.Chip.Generation < FirstScalarGeneration)
        {
            v.Error(VerifyCodes.Engine, $"Scalar engine copies from generation {FirstScalarGeneration} on, chip {v.Chip.Name} is "
                + $"generation {v.Chip.Generation}: use activation with op copy");
        }
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (dst, src) = (core.Destination(Dst), core.Tile(Src));
        if (Dst.DType == Src.DType) Bytes.Copy(dst, src);
        else Elementwise.Convert(dst, src);
    }

    void IRowwise.Name(ref RowOperands operands)
    {
        operands.Add(Dst);
        operands.Add(Src);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Elementwise, (int)Dst.Free, Src.DType, e.Traits(Dst, Src), Rows: Dst.Partitions));
}
