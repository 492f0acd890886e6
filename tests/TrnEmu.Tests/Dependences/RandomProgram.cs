using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Memory;

namespace TrnEmu.Tests.Dependences;

/// <summary>
/// Programs of random accesses on random engines and DMA queues over small tensors of each memory, two of which
/// overlap; shrunk by leaving out entries.
/// </summary>
internal static class RandomProgram
{
    private static readonly Engine[] Engines =
        [Engine.Tensor, Engine.Vector, Engine.Scalar, Engine.GpSimd, Engine.Sync];

    private static readonly Tensor[] Tensors =
    [
        new(0, "h", MemorySpace.Hbm, DType.Fp32, [4, 24]),
        new(1, "a", MemorySpace.Sbuf, DType.Fp32, [8, 24]) { Address = new Address(0, 0), IsPinned = true },
        new(2, "b", MemorySpace.Sbuf, DType.Fp32, [4, 24]) { Address = new Address(6, 64), IsPinned = true },
        new(3, "p", MemorySpace.Psum, DType.Fp32, [8, 24]) { Address = new Address(0, 0) },
        new(4, "free", MemorySpace.Sbuf, DType.Fp32, [4, 24]),
        new(5, "in", MemorySpace.Hbm, DType.Fp32, [4, 24]) { Role = TensorRole.Input },
    ];

    /// <summary>The tensors without operations.</summary>
    public static Program Empty { get; } = new() { Tensors = EquatableArray.Create<Tensor>(Tensors) };

    public static Arbitrary<Program> Of(int cores = 1) => Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from size in Gen.Choose(2, 60)
        from dmaShare in Gen.Choose(0, 8)
        select Make(new Random(seed), size, dmaShare, cores),
        Smaller);

    public static Program WithEntries(Program program, int core, IEnumerable<Entry> entries)
    {
        var all = program.Cores.ToArray();
        all[core] = new CoreProgram { Entries = EquatableArray.Create<Entry>([.. entries]) };
        return program with { Cores = EquatableArray.Create<CoreProgram>(all) };
    }

    private static Program Make(Random random, int size, int dmaShare, int cores)
    {
        var streams = Enumerable.Range(0, cores).Select(_ => new CoreProgram
        {
            Entries = EquatableArray.Create<Entry>(
                [.. Enumerable.Range(0, size / cores).Select(_ => MakeEntry(random, dmaShare))]),
        });
        return new Program { Tensors = EquatableArray.Create<Tensor>(Tensors), Cores = [.. streams] };
    }

    private static Entry MakeEntry(Random random, int dmaShare)
    {
        var engine = Engines[random.Next(Engines.Length)];
        var state = random.Next(5) == 0
            ? new[] { new StateEffect(EngineState.Register(random.Next(2)), random.Next(2) == 0) }
            : [];
        if (random.Next(10) < dmaShare) return MakeDma(random, engine, state);
        var memory = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new MemoryEffect(
            RandomPattern.Make(random, Tensors[random.Next(1, 5)]), (AccessKind)random.Next(4)));
        return new Entry(new Touch([.. memory], EquatableArray.Create<StateEffect>(state)), engine);
    }

    private static Entry MakeDma(Random random, Engine engine, StateEffect[] state)
    {
        var hbm = RandomPattern.Make(random, Tensors[random.Next(3) == 0 ? 5 : 0]);
        var chip = RandomPattern.Make(random, Tensors[random.Next(1, 3)]);
        var toHbm = hbm.Tensor == 0 && random.Next(2) == 0;
        var reads = Array.ConvertAll(state, s => s with { IsWrite = false });
        return new Entry(
            new TouchDma(
                [new MemoryEffect(hbm, toHbm ? AccessKind.Write : AccessKind.Read),
                    new MemoryEffect(chip, toHbm ? AccessKind.Read : AccessKind.Write)],
                EquatableArray.Create<StateEffect>(reads)),
            engine, random.Next(3) == 0 ? 1 : 0);
    }

    private static IEnumerable<Program> Smaller(Program program)
    {
        for (var core = 0; core < program.Cores.Count; core++)
        {
            var entries = program.Cores[core].Entries;
            for (var chunk = entries.Count / 2; chunk >= 1; chunk /= 2)
                for (var i = 0; i < entries.Count; i += chunk)
                    yield return WithEntries(program, core, entries.Where((_, k) => k < i || k >= i + chunk));
        }
    }
}
