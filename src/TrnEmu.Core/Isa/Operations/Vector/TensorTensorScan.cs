using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst[p, i] = s = (data0[p, i] op0 s) op1 data1[p, i], i ascending, from s = initial of the partition: a linear
/// recurrence with op0 = multiply and op1 = add. Arithmetic operators only, fp32 throughout; s goes on before it is
/// rounded to dst's dtype. Source: nki.isa.tensor_tensor_scan.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Data0">[P, F]; at most one of data0 and data1 lies in PSUM.</param>
/// <param name="Data1">[P, F].</param>
/// <param name="Initial">Constant, or column [P, 1] of any dtype.</param>
/// <param name="Op0">First operator, of two operands.</param>
/// <param name="Op1">Second operator, of two operands.</param>
/// <param name="Reverse0">s op0 data0 instead.</param>
/// <param name="Reverse1">data1 op1 (…) instead.</param>
[Operation("tensor_tensor_scan", Engines = Engines.Vector,
    Summary = "dst[i] = (data0[i] op0 dst[i-1]) op1 data1[i]",
    Example = """
        sbuf decay : fp32[128,512]
        sbuf x : fp32[128,512]
        sbuf y : fp32[128,512]
        vector tensor_tensor_scan dst=y data0=decay data1=x initial=0 op0=multiply op1=add
        """)]
public sealed record TensorTensorScan(
    [Writes] AccessPattern Dst, [Reads] AccessPattern Data0, [Reads] AccessPattern Data1, [Reads] ScalarOperand Initial,
    AluOp Op0, AluOp Op1, bool Reverse0 = false, bool Reverse1 = false) : Operation
{
    /// <summary>The pseudo-code keeps results in data0's dtype, the text computes in fp32.</summary>
    public static readonly Gap State = new(
        "tensor_tensor_scan", "whether the running value is rounded to a dtype before the next element uses it",
        "it stays fp32, as the arithmetic that the text describes and as library kernels that carry sums rely on");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Source(v, Engine.Vector, Dst, "data0", Data0);
        ElementRules.Source(v, Engine.Vector, Dst, "data1", Data1);
        ElementRules.NotBothPsum(v, "data0", Data0, "data1", Data1);
        ElementRules.Column(v, Engine.Vector, "initial", Initial, Data0, dtype: null);
        Operator(v, "op0", Op0);
        Operator(v, "op1", Op1);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Elementwise.Scan(
        core.Tile(Dst), core.Tile(Data0), core.Tile(Data1), core.Operand(Initial), Op0, Reverse0, Op1, Reverse1);

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e)
    {
        var dtype = Data1.DType.Size() > Data0.DType.Size() ? Data1.DType : Data0.DType;
        e.Add(new Instruction(CostClass.Scan, (int)Dst.Free, dtype, e.Traits(Dst, Data0, Data1), Rows: Dst.Partitions));
    }

    private static void Operator(Verifier v, string name, AluOp op)
    {
        AluRules.Arithmetic(v, name, op);
        AluRules.Binary(v, Engine.Vector, name, op);
    }
}
