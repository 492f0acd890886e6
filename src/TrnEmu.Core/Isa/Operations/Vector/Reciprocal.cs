using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst = 1 / data in fp32, rounded once to dst's dtype; iterative on the chip, so slower than the activation of that
/// name. Source: nki.isa.reciprocal.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Data">[P, F], SBUF or PSUM.</param>
[Operation("reciprocal", Engines = Engines.Vector, Summary = "dst = 1 / data",
    Example = """
        sbuf x : fp32[128,1]
        sbuf y : fp32[128,1]
        vector reciprocal dst=y data=x
        """)]
public sealed record Reciprocal([Writes] AccessPattern Dst, [Reads] AccessPattern Data) : Operation, IRowwise
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Source(v, Engine.Vector, Dst, "data", Data);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) =>
        Elementwise.Unary(core.Tile(Dst), core.Tile(Data), ActivationFunction.Reciprocal);

    void IRowwise.Name(ref RowOperands operands)
    {
        operands.Add(Dst);
        operands.Add(Data);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Reciprocal, (int)Dst.Free, Data.DType, e.Traits(Dst, Data), Rows: Dst.Partitions));
}
