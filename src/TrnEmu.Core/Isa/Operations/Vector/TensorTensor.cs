using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst = data1 op data2, element by element. Arithmetic operators widen to fp32, compute in fp32 and round once to
/// dst's dtype; bitwise ones work on the bits of integers and are Vector's alone. On GpSimd, int32 and uint32
/// throughout are computed exactly, modulo 2^32; on Vector they go through fp32 like all others. power exists on GpSimd
/// only. Source: nki.isa.tensor_tensor.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Data1">[P, F]; at most one of data1 and data2 lies in PSUM.</param>
/// <param name="Data2">[P, F]; a broadcast is a level of stride 0.</param>
/// <param name="Op">Operator of two operands.</param>
[Operation("tensor_tensor", Engines = Engines.Vector | Engines.GpSimd, Summary = "dst = data1 op data2",
    Example = """
        sbuf a : bf16[128,512]
        sbuf b : bf16[128,512]
        sbuf c : bf16[128,512]
        vector tensor_tensor dst=c data1=a data2=b op=add
        """)]
public sealed record TensorTensor(
    [Writes(Indirect = true)] AccessPattern Dst, [Reads(Indirect = true)] AccessPattern Data1,
    [Reads] AccessPattern Data2, AluOp Op) : Operation, IRowwise
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        var engine = EngineOf(v.Engine, v.Program);
        ElementRules.Stream(v, engine, "dst", Dst);
        ElementRules.Source(v, engine, Dst, "data1", Data1);
        ElementRules.Source(v, engine, Dst, "data2", Data2);
        IndirectRules.Stream(v, engine, Dst, "data1", Data1);
        ElementRules.NotBothPsum(v, "data1", Data1, "data2", Data2);
        AluRules.Binary(v, engine, "op", Op);
        AluRules.Bits(v, "op", Op, Dst, "dst", Dst);
        AluRules.Bits(v, "op", Op, Dst, "data1", Data1);
        AluRules.Bits(v, "op", Op, Dst, "data2", Data2);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var isExact = EngineOf(core.Current.Engine, core.Program) == Engine.GpSimd;
        Elementwise.Binary(Op, core.Destination(Dst), core.Tile(Data1), core.Tile(Data2), isExact);
    }

    void IRowwise.Name(ref RowOperands operands)
    {
        operands.Add(Dst);
        operands.Add(Data1);
        operands.Add(Data2);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e)
    {
        var dtype = Data2.DType.Size() > Data1.DType.Size() ? Data2.DType : Data1.DType;
        e.Add(new Instruction(
            CostClass.ElementwiseTwo, (int)Dst.Free, dtype, e.Traits(Dst, Data1, Data2), Rows: Dst.Partitions));
    }

    /// <summary>
    /// The engine that an operation without one is given: GpSimd for power and for 32-bit integers in SBUF throughout,
    /// whose arithmetic it alone does exactly, else Vector.
    /// </summary>
    public Engine PreferredEngine(IProgram program) =>
        Op == AluOp.Power || (!Op.IsBitwise() && IsWord(program, Dst) && IsWord(program, Data1) && IsWord(program, Data2))
            ? Engine.GpSimd
            : Engine.Vector;

    private Engine EngineOf(Engine placed, IProgram program) => placed == Engine.None ? PreferredEngine(program) : placed;

    private static bool IsWord(IProgram program, in AccessPattern p) =>
        p.DType is DType.Int32 or DType.UInt32 && program.SpaceOf(p) == MemorySpace.Sbuf;
}
