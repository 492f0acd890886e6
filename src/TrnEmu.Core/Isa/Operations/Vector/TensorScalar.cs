using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst = (data op0 operand0) op1 operand1, where an operand is a constant or one value for each partition; without op1,
/// dst = data op0 operand0. Arithmetic is fp32 throughout, rounded once to dst's dtype; each operator is rounded by
/// itself. Bitwise operators work on the bits of integers. Vector computes all but rsqrt, which is GpSimd's; Scalar,
/// from generation 3 on, multiply then add, multiply alone and add alone. Source: nki.isa.tensor_scalar.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Data">[P, F], SBUF or PSUM.</param>
/// <param name="Op0">First operator.</param>
/// <param name="Operand0">Constant or column [P, 1], fp32 for arithmetic, integers for bits; 0 for unary
/// operators.</param>
/// <param name="Reverse0">operand0 op0 data instead.</param>
/// <param name="Op1">Second operator, or none.</param>
/// <param name="Operand1">Its operand; given when op1 is, but for unary operators.</param>
/// <param name="Reverse1">operand1 op1 (…) instead.</param>
[Operation("tensor_scalar", Engines = Engines.Vector | Engines.Scalar | Engines.GpSimd,
    Summary = "dst = (data op0 operand0) op1 operand1",
    Example = """
        sbuf x : fp32[128,512]
        sbuf y : bf16[128,512]
        vector tensor_scalar dst=y data=x op0=multiply operand0=0.5 op1=add operand1=1
        """)]
public sealed record TensorScalar(
    [Writes(Indirect = true)] AccessPattern Dst, [Reads(Indirect = true)] AccessPattern Data, AluOp Op0,
    [Reads] ScalarOperand Operand0, bool Reverse0 = false,
    AluOp? Op1 = null, [Reads] ScalarOperand? Operand1 = null, bool Reverse1 = false) : Operation, IRowwise
{
    private const int FirstScalarGeneration = 3;

    private bool HasRsqrt => Op0 == AluOp.Rsqrt || Op1 == AluOp.Rsqrt;

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        var engine = v.Engine == Engine.None && HasRsqrt ? Engine.GpSimd : v.Engine;
        ElementRules.Stream(v, engine, "dst", Dst);
        ElementRules.Source(v, engine, Dst, "data", Data);
        IndirectRules.Stream(v, engine, Dst, "data", Data);
        AluRules.Bits(v, "op0", Op0, Dst, "dst", Dst);
        AluRules.Bits(v, "op0", Op0, Dst, "data", Data);
        Step(v, engine, "op0", Op0, "operand0", Operand0);
        if (Op1 is { } op1) Second(v, engine, op1);
        else v.Require(Operand1 is null && !Reverse1, VerifyCodes.Parameter, "operand1 or reverse1 is given, but no op1");
        VerifyEngine(v, engine);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Elementwise.Scalar(
        core.Destination(Dst), core.Tile(Data), Op0, core.Operand(Operand0), Reverse0,
        Op1 ?? AluOp.Bypass, core.Operand(Operand1 ?? default), Reverse1);

    void IRowwise.Name(ref RowOperands operands)
    {
        operands.Add(Dst);
        operands.Add(Data);
        operands.Add(Operand0);
        operands.Add(Operand1 ?? default);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Elementwise, (int)Dst.Free, Data.DType, e.Traits(Dst, Data), Rows: Dst.Partitions));

    private void Second(Verifier v, Engine engine, AluOp op1)
    {
        v.Require(Operand1 is not null || op1.IsUnary(), VerifyCodes.Parameter, $"operand1 is missing: op1 is {op1.Name()}");
        if (op1.IsBitwise() != Op0.IsBitwise())
            v.Error(VectorCodes.Mixed, $"op0 is {Op0.Name()}, op1 is {op1.Name()}: both must be bitwise, or both arithmetic");
        else
            Step(v, engine, "op1", op1, "operand1", Operand1 ?? default);
    }

    private void Step(Verifier v, Engine engine, string name, AluOp op, string operandName, in ScalarOperand operand)
    {
        AluRules.WithScalar(v, engine, name, op, operandName, operand);
        if (op == AluOp.Power) v.Error(VectorCodes.Operator, $"{name} is power, which only tensor_tensor computes, on GpSimd");
        AluRules.Bits(v, name, op, Dst, operandName, operand);
        ElementRules.Column(v, engine, operandName, operand, Data, op.IsBitwise() ? null : DType.Fp32);
    }

    private void VerifyEngine(Verifier v, Engine engine)
    {
        if (engine == Engine.GpSimd && !HasRsqrt)
            v.Error(VerifyCodes.Engine, $"GpSimd engine executes it for rsqrt only, op0 is {Op0.Name()}");
        if (engine != Engine.Scalar) return;
        if (v.Chip.Generation < FirstScalarGeneration)
        {
            v.Error(VerifyCodes.Engine, $"Scalar engine executes it from generation {FirstScalarGeneration} on, chip {v.Chip.Name} is "
                + $"generation {v.Chip.Generation}");
        }

        if ((Op0, Op1) is not ((AluOp.Multiply, AluOp.Add) or (AluOp.Multiply or AluOp.Add, null)))
        {
            v.Error(VerifyCodes.Engine, $"Scalar engine executes (multiply, add), (multiply) and (add) only, got ({Op0.Name()}"
                + $"{(Op1 is { } op1 ? ", " + op1.Name() : "")})");
        }
    }
}
