using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Random choices for one program: the chip, the engine, tensors with addresses, and what fills them.
/// </summary>
internal sealed class Draw(Random random, TrialSeed seed, OperationInfo operation)
{
    private static readonly Chip[] Chips = [Chip.Load("trn1"), Chip.Load("trn2"), Chip.Load("trn3")];
    private readonly List<Tensor> _tensors = [];
    private readonly Dictionary<int, uint[]> _contents = [];
    private readonly List<AccessPattern> _fills = [];
    private readonly List<(AccessPattern Place, uint[] Elements)> _puts = [];
    private long _psumEnd;
    private long _sbufEnd;

    public Random Random => random;

    /// <summary>One that has the operation, rarely any.</summary>
    public Chip Chip { get; } = ChipOf(random, random.Next(50) == 0 ? 0 : operation.Attribute.MinGeneration);

    /// <summary>Choices that follow the number of the case.</summary>
    public Turns Turns { get; } = new(random, seed.Number);

    public int Generation => Chip.Generation;

    /// <summary>What the run chooses of the arithmetic; generators set it.</summary>
    public Arithmetic Arithmetic { get; set; } = Arithmetic.Default;

    /// <summary>Engine of the operation; generators set it.</summary>
    public Engine Engine { get; set; }

    public IReadOnlyList<Tensor> Tensors => _tensors;

    /// <summary>Registers that are set before the operation.</summary>
    public Dictionary<int, int> Registers { get; } = [];

    /// <summary>What runs before the operation, so that the state it continues from is known.</summary>
    public List<Entry> Before { get; } = [];

    /// <summary>What runs after the operation, to see the state that it leaves.</summary>
    public List<Entry> After { get; } = [];

    /// <summary>Elements that an operand may have, about.</summary>
    public int Size => seed.Size;

    public bool Chance(int percent) => random.Next(100) < percent;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    public int Int(int low, int high) => random.Next(low, high + 1);

    /// <summary>A dtype that engines convert.</summary>
    public DType Any() => Of([.. DTypes.Arithmetic]);

    /// <summary>Any dtype at all.</summary>
    public DType All() => Of([.. DTypes.All]);

    /// <summary>One that another can be converted to, or that other itself.</summary>
    public DType To(DType from) => from.IsArithmetic() ? Any() : from;

    public DType Integer() => Of([.. DTypes.All.Where(d => d.IsInteger())]);

    public DType Float() => Of([.. DTypes.All.Where(d => d.IsFloat())]);

    public MemorySpace OnChip() => Engine == Engine.GpSimd || Chance(60) ? MemorySpace.Sbuf : MemorySpace.Psum;

    /// <summary>Partitions and free elements of an operand; whole groups now and then where it may be indirect.</summary>
    public (int Partitions, int Free) Shape(int maxPartitions = Limits.Partitions, int maxFree = 2000)
    {
        var isWhole = Generation > 3 && operation.Operands.Any(o => o.Indirect) && Chance(40);
        var partitions = isWhole ? Of(16, 32, 64, 96, 128)
            : Chance(60) ? Int(1, 6) : Of(16, 31, 32, 33, 63, 64, 65, 96, 127, 128);
        partitions = Math.Min(partitions, Math.Min(maxPartitions, Size));
        var room = Math.Clamp(Size / partitions, 1, maxFree);
        var free = Chance(70) ? Int(1, Math.Min(room, 40)) : Int(1, room);
        return (partitions, free);
    }

    /// <summary>A tensor operand of its own; at any partition that engines start at, or at a given one.</summary>
    public AccessPattern Tile(
        MemorySpace space, DType dtype, int partitions, int free, Use use = Use.Read, int? at = null) =>
        Place(space, Layout.Of(this, dtype, partitions, free, space, use), use, at);

    /// <summary>A partition where an operand can start within a part of the memory.</summary>
    public int StartIn(int partitions, int first, int count) => first + Step(partitions)
        * Int(0, (count - partitions) / Step(partitions));

    /// <summary>A column [P, 1] of the dtype.</summary>
    public AccessPattern Column(MemorySpace space, DType dtype, int partitions) => Tile(space, dtype, partitions, 1);

    /// <summary>A constant, or an fp32 column.</summary>
    public ScalarOperand Scalar(int partitions) =>
        Chance(50) ? Number() : Column(OnChip(), DType.Fp32, partitions);

    /// <summary>An fp32 value, special ones included.</summary>
    public float Number() => BitConverter.UInt32BitsToSingle(Values.Bits(random, DType.Fp32));

    /// <summary>The elements of an operand are these, in order from the tensor's start.</summary>
    public void Fill(in AccessPattern p, uint[] elements) => _contents[p.Tensor] = elements;

    /// <summary>The elements of an operand are these, in pattern order.</summary>
    public void Put(in AccessPattern p, IEnumerable<uint> elements) => _puts.Add((p, [.. elements]));

    /// <summary>An int32 or uint32 tensor [partitions, columns] in SBUF from partition 0 on; its id.</summary>
    public int Words(int partitions, int columns, uint[] elements)
    {
        var id = _tensors.Count;
        var dtype = Of(DType.Int32, DType.UInt32);
        var tensor = new Tensor(id, $"t{id}", MemorySpace.Sbuf, dtype, [partitions, columns])
        {
            Address = new Address(0, Byte(MemorySpace.Sbuf, columns * sizeof(uint), Use.Read)),
        };
        _tensors.Add(tensor);
        _fills.Add(AccessPattern.Whole(tensor));
        _contents[id] = elements;
        return id;
    }

    /// <summary>The bytes of each tensor before the program runs.</summary>
    public byte[][] Bytes()
    {
        byte[][] bytes =
            [.. _tensors.Select(t => Values.Fill(random, t, _fills[t.Id], _contents.GetValueOrDefault(t.Id)))];
        var program = Trial.ProgramOf(this, []);
        var memory = new OracleMemory(program, bytes);
        foreach (var (p, elements) in _puts)
        {
            foreach (var (place, element) in new Places(program, memory).Of(p).Zip(elements))
                memory.Store(p.Tensor, place, p.DType.Size(), element);
        }

        return bytes;
    }

    private static Chip ChipOf(Random random, int generation)
    {
        Chip[] chips = [.. Chips.Where(c => c.Generation >= generation)];
        return chips[random.Next(chips.Length)];
    }

    private AccessPattern Place(MemorySpace space, AccessPattern p, Use use, int? at)
    {
        var (first, end) = p.FreeExtent();
        var isHbm = space == MemorySpace.Hbm;
        var rows = isHbm ? p.PartitionStep * (p.Partitions - 1) * p.DType.Size() : 0;
        var (low, high) = (Math.Min(0, rows) + first, Math.Max(0, rows) + end);
        var type = Chance(90) ? p.DType : All();
        var lead = Chance(80) ? Int(0, 4) * p.DType.Size() : Int(0, 9);
        if (use == Use.Sum) (type, lead) = (p.DType, Int(0, 4) * p.DType.Size());
        var bytes = lead + high - low + (Chance(50) ? 0 : Int(0, 9));
        var elements = (int)((bytes + type.Size() - 1) / type.Size());
        p = p with { Tensor = _tensors.Count, Offset = lead - low };
        if (isHbm)
        {
            _tensors.Add(new Tensor(p.Tensor, $"t{p.Tensor}", space, type, [elements]));
            _fills.Add(p);
            return p;
        }

        var (address, start) = Start(p.Partitions, use, at);
        var partitions = Int(start + p.Partitions, Limits.Partitions - address);
        _tensors.Add(new Tensor(p.Tensor, $"t{p.Tensor}", space, type, [partitions, elements])
        {
            Address = new Address(address, Byte(space, elements * type.Size(), use)),
        });
        _fills.Add(p with { StartPartition = start });
        return _fills[^1];
    }

    /// <summary>
    /// First partition of the tensor, and of the operand in it: engines start at multiples of 32, 64 or 128.
    /// </summary>
    private (int Address, int Start) Start(int partitions, Use use, int? given)
    {
        var step = use is Use.Dma or Use.DmaRead ? 1 : Step(partitions);
        var at = given ?? step * Int(0, (Limits.Partitions - partitions) / step);
        var address = Chance(50) ? at : Int(0, at);
        return (address, at - address);
    }

    private static int Step(int partitions) => partitions > 64 ? 128 : partitions > 32 ? 64 : 32;

    /// <summary>The next free byte; sums start at a PSUM bank.</summary>
    private int Byte(MemorySpace space, int bytes, Use use)
    {
        ref var end = ref _sbufEnd;
        if (space == MemorySpace.Psum) end = ref _psumEnd;
        var bank = Chip.PsumBankBytes.ToInt32();
        var at = use == Use.Sum ? (end + bank - 1) / bank * bank : end + Int(0, 70);
        end = at + bytes;
        return (int)at;
    }
}
