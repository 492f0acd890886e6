using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Sim;

/// <summary>One engine instruction that touches nothing.</summary>
[Operation("test_work", Engines = Engines.Any, Summary = "nothing, for some time")]
internal sealed record TestWork(Instruction Instruction) : Operation
{
    /// <summary>Work of so many items.</summary>
    public static TestWork Items(int items, CostClass cost = CostClass.Elementwise, DType dtype = DType.Fp32) =>
        new(new Instruction(cost, items, dtype));

    public override void Execute(CoreState core)
    {
    }

    public override void Expand(ExpansionSink e) => e.Add(Instruction);
}

/// <summary>A matrix product of so many columns.</summary>
[Operation("test_matmul", Engines = Engines.Tensor, Summary = "a product that touches nothing")]
internal sealed record TestMatmul(int Stationary, int Moving, DType DType, bool Transposes = false) : Operation
{
    public override void Execute(CoreState core)
    {
    }

    public override void Expand(ExpansionSink e)
    {
        var passes = DType == DType.Fp32 && !Transposes ? InstructionTraits.MultiPass : InstructionTraits.None;
        e.Add(new Instruction(CostClass.LoadStationary, Stationary, DType, passes));
        var move = Transposes ? CostClass.TransposeMoving : CostClass.MultiplyMoving;
        e.Add(new Instruction(move, Moving, DType, passes));
    }
}

/// <summary>A DMA transfer.</summary>
[Operation("test_dma", Engines = Engines.Any, IsDma = true, Summary = "moves nothing")]
internal sealed record TestDma(DmaTransfer Transfer) : Operation
{
    /// <summary>A load of contiguous rows from HBM.</summary>
    public static TestDma Load(int rows, long rowBytes, int startPartition = 0, int runs = 1) =>
        new(new DmaTransfer(MemorySpace.Hbm, MemorySpace.Sbuf, startPartition, rows, rowBytes, runs, DType.Bf16));

    public override void Execute(CoreState core)
    {
    }

    public override void Expand(ExpansionSink e) => e.Trigger(Transfer);
}

/// <summary>A matrix product in parts of the array.</summary>
[Operation("test_parts", Engines = Engines.Tensor, Summary = "a product in parts of the array that touches nothing")]
internal sealed record TestParts(ushort Cells) : Operation
{
    public override void Execute(CoreState core)
    {
    }

    public override void Expand(ExpansionSink e)
    {
        e.Add(new Instruction(CostClass.LoadStationary, 32, DType.Bf16, Cells: Cells));
        e.Add(new Instruction(CostClass.MultiplyMoving, 32, DType.Bf16, Cells: Cells));
    }
}
