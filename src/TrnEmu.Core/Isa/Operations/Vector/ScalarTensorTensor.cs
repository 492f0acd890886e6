using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst = (data op0 operand0) op1 operand1, where operand0 is a constant or one value for each partition and operand1 a
/// tensor. Arithmetic operators only, fp32 throughout, each rounded by itself, the result once more to dst's dtype.
/// Source: nki.isa.scalar_tensor_tensor.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Data">[P, F]; at most one of data and operand1 lies in PSUM.</param>
/// <param name="Op0">First operator.</param>
/// <param name="Operand0">Constant or column [P, 1] of any dtype; 0 for unary operators.</param>
/// <param name="Op1">Second operator, of two operands.</param>
/// <param name="Operand1">[P, F].</param>
/// <param name="Reverse0">operand0 op0 data instead.</param>
/// <param name="Reverse1">operand1 op1 (…) instead.</param>
[Operation("scalar_tensor_tensor", Engines = Engines.Vector, Summary = "dst = (data op0 operand0) op1 operand1",
    Example = """
        sbuf x : fp32[128,512]
        sbuf s : fp32[128,1]
        sbuf z : fp32[128,512]
        sbuf y : fp32[128,512]
        vector scalar_tensor_tensor dst=y data=x op0=multiply operand0=s op1=add operand1=z
        """)]
public sealed record ScalarTensorTensor(
    [Writes] AccessPattern Dst, [Reads] AccessPattern Data, AluOp Op0, [Reads] ScalarOperand Operand0, AluOp Op1,
    [Reads] AccessPattern Operand1, bool Reverse0 = false, bool Reverse1 = false) : Operation, IRowwise
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Source(v, Engine.Vector, Dst, "data", Data);
        ElementRules.Source(v, Engine.Vector, Dst, "operand1", Operand1);
        ElementRules.NotBothPsum(v, "data", Data, "operand1", Operand1);
        ElementRules.Column(v, Engine.Vector, "operand0", Operand0, Data, dtype: null);
        AluRules.Arithmetic(v, "op0", Op0);
        AluRules.Arithmetic(v, "op1", Op1);
        AluRules.WithScalar(v, Engine.Vector, "op0", Op0, "operand0", Operand0);
        AluRules.Binary(v, Engine.Vector, "op1", Op1);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Elementwise.ScalarTensorTensor(
        core.Tile(Dst), core.Tile(Data), Op0, core.Operand(Operand0), Reverse0, Op1, core.Tile(Operand1), Reverse1);

    void IRowwise.Name(ref RowOperands operands)
    {
        operands.Add(Dst);
        operands.Add(Data);
        operands.Add(Operand0);
        operands.Add(Operand1);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e)
    {
        var dtype = Operand1.DType.Size() > Data.DType.Size() ? Operand1.DType : Data.DType;
        e.Add(new Instruction(
            CostClass.ElementwiseTwo, (int)Dst.Free, dtype, e.Traits(Dst, Data, Operand1), Rows: Dst.Partitions));
    }
}
