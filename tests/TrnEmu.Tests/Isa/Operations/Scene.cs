using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations;

/// <summary>Tensors for one or a few operations, and what the machine says about those.</summary>
internal sealed class Scene
{
    private readonly List<Core.Memory.Tensor> _tensors = [];

    public IReadOnlyList<Core.Memory.Tensor> Tensors => _tensors;

    /// <summary>What <see cref="Run"/> chooses of the arithmetic.</summary>
    public Arithmetic Arithmetic { get; set; } = Arithmetic.Default;

    public static AccessPattern Free(AccessPattern p, int count, int stride = 1) =>
        p with { Count0 = 1, Count1 = 1, Count2 = 1, Count3 = count, Stride3 = stride };

    public static Chip Chip(int generation) => Core.Chips.Chip.Load("trn2") with { Name = $"gen{generation}", Generation = generation };

    public AccessPattern Sbuf(DType dtype, params int[] shape) => Add(MemorySpace.Sbuf, dtype, shape);

    public AccessPattern Psum(DType dtype, params int[] shape) => Add(MemorySpace.Psum, dtype, shape);

    public AccessPattern Hbm(DType dtype, params int[] shape) => Add(MemorySpace.Hbm, dtype, shape);

    public void Place(AccessPattern p, int partition, int offset) =>
        _tensors[p.Tensor] = _tensors[p.Tensor] with { Address = new Address(partition, offset) };

    /// <summary>The codes of everything that verification finds.</summary>
    public string[] Codes(Operation operation, int generation = 3, Engine engine = Engine.None) =>
        [.. Findings(operation, generation, engine).Select(d => d.Code.Id)];

    public IReadOnlyList<Diagnostic> Findings(Operation operation, int generation = 3, Engine engine = Engine.None)
    {
        var verifier = new Verifier(ProgramOf(operation), Chip(generation));
        verifier.Verify(new Entry(operation, engine));
        return verifier.Findings;
    }

    public EffectSink Effects(Operation operation)
    {
        var sink = new EffectSink();
        operation.Effects(sink);
        return sink;
    }

    public ExpansionSink Expand(Operation operation, int generation = 3, Engine engine = Engine.None)
    {
        var sink = new ExpansionSink();
        sink.Begin(ProgramOf(operation), engine, generation);
        operation.Expand(sink);
        return sink;
    }

    /// <summary>Runs operations over zeroed or prepared bytes; <paramref name="look"/> sees the result.</summary>
    public void Run(Action<Binding> prepare, Action<Binding> look, int generation, params Operation[] operations)
    {
        var program = ProgramOf(operations);
        using var binding = Binding.Virtual(program);
        prepare(binding);
        FunctionPass.Run(program, binding, Chip(generation), arithmetic: Arithmetic);
        look(binding);
    }

    /// <summary>
    /// Runs operations on one engine; the bytes of the on-chip tensor <paramref name="result"/>, partition by
    /// partition.
    /// </summary>
    public byte[] Execute(AccessPattern result, Engine engine, params Operation[] operations)
    {
        var program = ProgramOf(engine, operations);
        using var binding = Binding.Virtual(program);
        FunctionPass.Run(program, binding, Chip(3));
        var (tensor, place) = (_tensors[result.Tensor], binding[result.Tensor]);
        return
        [
            .. Enumerable.Range(0, tensor.Partitions).SelectMany(p =>
                place.Block.Span(place.Offset + p * place.PartitionStride, (int)tensor.BytesPerPartition).ToArray()),
        ];
    }

    public Program ProgramOf(params Operation[] operations) => ProgramOf(Engine.None, operations);

    private Program ProgramOf(Engine engine, Operation[] operations) => new()
    {
        Tensors = [.. _tensors],
        Cores = [new CoreProgram { Entries = [.. operations.Select(o => new Entry(o, engine))] }],
    };


    private AccessPattern Add(MemorySpace space, DType dtype, int[] shape)
    {
        _tensors.Add(new Core.Memory.Tensor(_tensors.Count, $"t{_tensors.Count}", space, dtype, [.. shape]));
        return AccessPattern.Whole(_tensors[^1]);
    }
}
