using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Text;

/// <summary>Programs of random operations with random operands; each follows from a seed.</summary>
internal static class RandomPrograms
{
    private static readonly string[] Names =
        ["a", "nan", "inf", "null", "none", "r3", "wait", "true", "s0", "x.y_1", "_", "dst"];
    private static readonly string[] Files =
        ["a.cs", "C:\\x y\\k.py", "50%:#1.py", " b ", "line\nbreak", "", "m.onnx:7"];

    public static Gen<Program> All { get; } = Gen.Choose(0, int.MaxValue).Select(Make);

    public static Program Make(int seed)
    {
        var random = new Random(seed);
        var cores = random.Next(1, 4);
        var tensors = new Tensor[random.Next(1, Names.Length)];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = MakeTensor(i, random, cores);
        return new Program
        {
            Chip = random.Next(3) switch { 0 => "trn1", 1 => "my chip-\"2\"#", _ => "unit" },
            Tensors = EquatableArray.Create<Tensor>(tensors),
            Cores = EquatableArray.Create<CoreProgram>(
                [.. Enumerable.Range(0, cores).Select(_ => MakeCore(random, tensors, cores))]),
        };
    }

    private static Tensor MakeTensor(int id, Random random, int cores)
    {
        var space = (MemorySpace)random.Next(3);
        var isHbm = space == MemorySpace.Hbm;
        int[] shape = [random.Next(1, isHbm ? 1000 : 129), .. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(1, 200))];
        var address =
            isHbm || random.Next(2) == 0 ? (Address?)null : new Address(random.Next(128), random.Next(1 << 20));
        return new Tensor(id, Names[id], space, (DType)random.Next(DTypes.All.Count), EquatableArray.Create<int>(shape))
        {
            Role = isHbm ? (TensorRole)random.Next(5) : TensorRole.Internal,
            Core = random.Next(cores),
            Address = address,
            IsPinned = address is not null && random.Next(2) == 0,
            Content = MakeContent(random),
            Span = Span(random),
        };
    }

    private static TensorContent? MakeContent(Random random) => random.Next(6) switch
    {
        0 => new TensorContent(ContentKind.Random, random.NextInt64(long.MinValue, long.MaxValue)),
        1 => new TensorContent(ContentKind.Zeros),
        2 => new TensorContent(ContentKind.Iota),
        3 => new TensorContent(ContentKind.File, 0, random.NextInt64(1L << 48), random.NextInt64(1L << 40), new string('a', 64)),
        4 => new TensorContent(ContentKind.File, 0, 5, 6),
        _ => null,
    };

    private static CoreProgram MakeCore(Random random, Tensor[] tensors, int cores)
    {
        var values = new RandomValues(random, tensors);
        var isPlaced = random.Next(2) == 0;
        var entries =
            Enumerable.Range(0, random.Next(12)).Select(_ => MakeEntry(random, values, isPlaced, cores)).ToArray();
        return new CoreProgram { Entries = EquatableArray.Create<Entry>(entries) };
    }

    private static Entry MakeEntry(Random random, RandomValues values, bool isPlaced, int cores)
    {
        var info = TextPrograms.Operations[random.Next(TextPrograms.Operations.Count)];
        var types = info.Type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters();
        var arguments =
            types.Zip(info.Operands, (t, o) => o.IsOptional && random.Next(2) == 0 ? o.Default : values.Of(t.ParameterType));
        var operation = info.Create([.. arguments]) with { Span = Span(random) };
        if (!isPlaced) return new Entry(operation);
        return new Entry(
            operation, (Engine)random.Next(6), random.Next(-1, 20),
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Wait(Semaphore(random, cores), random.Next(100)))],
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Signal(Semaphore(random, cores), random.Next(20)))]);
    }

    private static Core.Isa.Semaphore Semaphore(Random random, int cores) => new(random.Next(cores), random.Next(40));

    private static SourceSpan Span(Random random) =>
        random.Next(2) == 0 ? SourceSpan.None : new SourceSpan(Files[random.Next(Files.Length)], random.Next(500), random.Next(3));
}
