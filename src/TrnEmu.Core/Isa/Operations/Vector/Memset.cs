using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>dst = value, rounded once to dst's dtype. Source: nki.isa.memset.</summary>
/// <param name="Dst">[P, F], SBUF or PSUM, any dtype.</param>
/// <param name="Value">
/// The constant; for integers a whole number of their range, for e8m0 a power of two, for packed dtypes 0.
/// </param>
[Operation("memset", Engines = Engines.Vector | Engines.GpSimd, Summary = "dst = value",
    Example = """
        sbuf t : fp32[128,512]
        vector memset dst=t value=1
        """)]
public sealed record Memset([Writes(DTypes = "all")] AccessPattern Dst, double Value) : Operation, IRowwise
{
    /// <summary>GpSimd and PSUM.</summary>
    public static readonly Gap Psum = new(
        "memset", "whether GpSimd, which reaches SBUF only, fills PSUM: nki.isa names it without saying so, and in a published profile of a "
        + "kernel that takes out and clears one buffer of sums (nki-autotune) Tensor works 73.0 % of the time, Vector 18.2 % and GpSimd 8.8 %",
        "it does");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.None, "dst", Dst);
        MemoryValues.Fits(v, "value", Value, Dst.DType);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Elementwise.Fill(core.Tile(Dst), Value);

    void IRowwise.Name(ref RowOperands operands)
    {
        operands.Add(Dst);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Elementwise, (int)Dst.Free, Dst.DType, e.Traits(Dst), Rows: Dst.Partitions));
}
