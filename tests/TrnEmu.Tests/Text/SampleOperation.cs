using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Text;

/// <summary>A parameter of every type that texts know, with and without defaults, in one operation.</summary>
[Operation("sample", Engines = Engines.Any, Summary = "every type of parameter")]
public sealed record SampleOperation(
    [Writes] AccessPattern Dst,
    [Reads] ScalarOperand Bias,
    Register Index,
    EquatableArray<AccessPattern> Sources,
    EquatableArray<(int Stride, int Count)> Pattern,
    IntegerOperand Limit,
    string Note,
    [Reads] AccessPattern? Mask = null,
    [Reads] ScalarOperand? Scale = null,
    float Alpha = 0,
    double Beta = 1.5,
    bool Reverse = true,
    int? Axis = 3,
    SampleMode? SecondMode = SampleMode.DoubleRow,
    DType DType = DType.Bf16,
    Accumulation Accumulate = default,
    EquatableArray<float> Scales = default,
    SampleLevel Level = default,
    sbyte Small = -1,
    uint Seed = 0,
    long Far = 0) : Operation
{
    public override void Execute(CoreState core) => throw new NotSupportedException("texts only");

    public override void Expand(ExpansionSink e)
    {
        e.Add(new Instruction(CostClass.ActivateTable, (int)Dst.Free, Dst.DType, InstructionTraits.Narrow | InstructionTraits.HalfFloat, 2));
        e.Trigger(new DmaTransfer(MemorySpace.Hbm, MemorySpace.Sbuf, 0, 128, 2048, 1, DType.Bf16, DmaKind.Gather));
    }
}

public enum SampleMode
{
    None,
    DoubleRow,
    AbsMax,
}

public readonly record struct SampleLevel(int Step, float Weight);
