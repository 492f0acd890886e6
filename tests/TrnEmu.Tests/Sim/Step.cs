using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Sim;

/// <summary>An entry of a random program; it waits for the entries that lie the given distances before it.</summary>
internal sealed record Step(Engine Engine, bool IsDma, int Size, int Queue, int[] Back)
{
    /// <summary>The entries before entry <paramref name="i"/> that it waits for.</summary>
    public int[] After(int i) => [.. Back.Select(b => i - b).Where(a => a >= 0).Distinct()];

    public Operation Operation => IsDma ? TestDma.Load(1 + Size % 128, 64)
        : Engine == Engine.Tensor ? new TestMatmul(1 + Size % 128, 1 + Size, DType.Bf16)
        : TestWork.Items(Size);

    /// <summary>Programs of up to 60 entries; DMA on one queue from Sync when <paramref name="oneQueue"/>.</summary>
    public static Gen<Step[]> Programs(bool oneQueue)
    {
        var compute = from engine in Gen.Elements(Engine.Tensor, Engine.Vector, Engine.Scalar, Engine.GpSimd)
                      from size in Gen.Choose(0, 511)
                      from back in Backs
                      select new Step(engine, false, size, -1, back);
        var triggers = oneQueue ? Gen.Constant(Engine.Sync) : Gen.Elements(Engine.Sync, Engine.Scalar, Engine.GpSimd);
        var dma = from engine in triggers
                  from queue in Gen.Choose(0, oneQueue ? 0 : 2)
                  from size in Gen.Choose(0, 511)
                  from back in Backs
                  select new Step(engine, true, size, queue, back);
        return Gen.Choose(0, 60).SelectMany(n => Gen.Frequency((4, compute), (1, dma)).ArrayOf(n));
    }

    /// <summary>The program.</summary>
    public static Program Build(IReadOnlyList<Step> steps) => Build([.. steps.Select((s, i) => (s, s.After(i)))]);

    /// <summary>The program with the waits given apart.</summary>
    public static Program Build(IReadOnlyList<(Step Step, int[] After)> steps)
    {
        var program = new TestProgram();
        foreach (var (step, after) in steps)
            program.Add(step.Engine, step.Operation, step.Queue, [.. after.Select(program.WaitFor)]);
        return program.Build();
    }

    private static Gen<int[]> Backs => Gen.Choose(0, 3).SelectMany(n => Gen.Choose(1, 12).ArrayOf(n));
}
