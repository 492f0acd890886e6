using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Machine;

/// <summary>
/// What an executing operation sees of its core: operands as tiles, registers, scratch. One for each core of a run.
/// </summary>
public sealed class CoreState : IDisplacements
{
    private const long Farthest = 1L << 60;

    private readonly IProgram _program;
    private readonly Binding _binding;
    private readonly IndirectTiles _indirect = new();
    private readonly MovedOperands _moved;
    private readonly float[] _accumulators;
    private readonly RowJob? _rows;
    private int[] _registers = new int[64];
    private Rounding _rounding;
    private long _executed;
    private int _firstRow;
    private int _partRows;

    /// <summary>State of one core at the start of a run.</summary>
    public CoreState(
        IProgram program, Binding binding, Chip chip, int threads = 1, Arithmetic? arithmetic = null, int core = 0,
        RowGrain? grain = null)
    {
        _program = program;
        _binding = binding;
        Chip = chip;
        Threads = threads;
        Arithmetic = arithmetic ?? Arithmetic.Default;
        Random = new RandomGenerators(chip.Generation);
        Loops = new LoopStack(this);
        Number = core;
        _moved = new MovedOperands(program, core);
        _accumulators = new float[Limits.Partitions];
        Matmul = new MatmulWorkspace();
        VectorAccumulators = new VectorAccumulators();
        if (threads > 1) _rows = new RowJob(this, threads, grain ?? RowGrain.Default);
    }

    /// <summary>The core as it executes some rows of an operation; it has all but that in common with the whole.</summary>
    internal CoreState(CoreState core)
    {
        _program = core._program;
        _binding = core._binding;
        _moved = core._moved;
        _accumulators = core._accumulators;
        Chip = core.Chip;
        Threads = 1;
        Arithmetic = core.Arithmetic;
        Random = core.Random;
        Loops = core.Loops;
        Number = core.Number;
        Matmul = core.Matmul;
        VectorAccumulators = core.VectorAccumulators;
    }

    /// <summary>The chip whose rules apply.</summary>
    public Chip Chip { get; }

    /// <summary>Host threads that one operation may use; never changes bits.</summary>
    public int Threads { get; }

    /// <summary>What the run chose of the arithmetic.</summary>
    public Arithmetic Arithmetic { get; }

    /// <summary>The operation that is executed, for messages.</summary>
    public Entry Current { get; set; }

    /// <summary>Which core of the program it is.</summary>
    public int Number { get; }

    /// <summary>Index of the entry that is executed after the current one; control flow sets it.</summary>
    public int Next { get; set; }

    /// <summary>The loops that the core is in.</summary>
    internal LoopStack Loops { get; }

    /// <summary>Packing space of the matmul kernels.</summary>
    public MatmulWorkspace Matmul { get; }

    /// <summary>
    /// The Scalar engine's fp32 accumulate registers of <paramref name="lanes"/> lanes from <paramref name="first"/> on.
    /// There is one a lane, 0 at the start of a run.
    /// </summary>
    public Span<float> Accumulators(int first, int lanes) => _accumulators.AsSpan(first, lanes);

    /// <summary>The Vector engine's accumulate registers.</summary>
    public VectorAccumulators VectorAccumulators { get; }

    /// <summary>The random generators of Vector and GpSimd.</summary>
    public RandomGenerators Random { get; }

    /// <summary>
    /// The lane that works on the first partition of an on-chip pattern: its physical partition, or that within its
    /// tensor where the tensor has no address.
    /// </summary>
    public int LaneOf(in AccessPattern pattern) =>
        (_program.TensorOf(pattern).Address?.Partition ?? 0) + pattern.StartPartition + _firstRow;

    /// <summary>The program that is executed.</summary>
    public IProgram Program => _program;

    /// <summary>Value of a register; registers start at 0.</summary>
    public int this[Register register]
    {
        get => register.Number < _registers.Length ? _registers[register.Number] : 0;
        set
        {
            if (register.Number >= _registers.Length) Array.Resize(ref _registers, register.Number * 2);
            _registers[register.Number] = value;
        }
    }

    /// <summary>An integer, or the value of its register.</summary>
    public int Value(IntegerOperand operand) => operand.Register is { } register ? this[register] : operand.Value;

    /// <summary>
    /// An operand at its bytes. Dynamic register and scalar offsets are resolved and checked; patterns with an index
    /// for each partition are resolved row by row with <see cref="Row"/>.
    /// </summary>
    /// <exception cref="TrnException">TRN3001: the address is outside the tensor.</exception>
    public Tile Tile(in AccessPattern pattern) =>
        !pattern.IsDynamic ? Rows(Static(pattern, 0, 0, pattern.Partitions))
        : pattern.IsIndirect ? _indirect.Gather(Columns(pattern), IndexTile(pattern), pattern)
        : Moved(pattern, 0, pattern.Partitions);

    /// <summary>
    /// An operand that is written, at its bytes. One with an index for each element is a copy that goes to its places
    /// when the operation is done.
    /// </summary>
    /// <exception cref="TrnException">TRN3001: the address is outside the tensor.</exception>
    public Tile Destination(in AccessPattern pattern) => pattern.IsIndirect
        ? _indirect.GatherAndScatter(Columns(pattern), IndexTile(pattern), pattern).Rounded(_rounding)
        : Tile(pattern);

    /// <summary>All cores of the run, this one among them.</summary>
    internal CoreState[] Peers { get; set; } = [];

    /// <summary>Another core of the run; the entry that it stands at is its <see cref="Current"/>.</summary>
    public CoreState Peer(int core) => Peers[core];

    /// <summary>Executes one entry.</summary>
    /// <exception cref="TrnException">A fault of the emulated machine.</exception>
    public void Execute(in Entry entry)
    {
        Current = entry;
        _moved.Check(this, entry);
        _rounding = Rounding.Of(Arithmetic.RoundingSeed, Number, _executed++, Arithmetic.Fp8Overflow);
        if (_rows is { } rows && rows.Run(this, entry)) return;
        entry.Operation.Execute(this);
        _indirect.Scatter();
    }

    /// <summary>From here on this is <paramref name="rows"/> rows of the entry that the core executes.</summary>
    internal void Become(CoreState core, in Entry entry, int firstRow, int rows)
    {
        Current = entry;
        _rounding = core._rounding;
        (_firstRow, _partRows) = (firstRow, rows);
    }

    /// <summary>Counts an entry that whoever drives the core has executed itself: the start or end of a loop.</summary>
    internal void Pass(in Entry entry)
    {
        Current = entry;
        _executed++;
    }

    /// <summary>Partition <paramref name="partition"/> of a pattern with an index for each partition.</summary>
    /// <exception cref="TrnException">TRN3001: the address is outside the tensor.</exception>
    public Tile Row(in AccessPattern pattern, int partition) => Moved(pattern, partition, 1);

    /// <summary>
    /// Bytes by which its index moves a dynamic pattern, or row <paramref name="partition"/> of it when each has an
    /// index of its own. Held between -2^60 and 2^60, which is outside of every tensor.
    /// </summary>
    public long Displacement(in AccessPattern pattern, int partition) =>
        Displaced(pattern, Index(pattern.Dynamic, partition));

    /// <summary>
    /// Bytes by which the index of free element <paramref name="element"/> moves the group of partitions that begins
    /// with row <paramref name="partition"/>.
    /// </summary>
    public long Displacement(in AccessPattern pattern, int partition, int element)
    {
        var (column, row) = Math.DivRem(element, pattern.Dynamic.Group);
        return Displaced(pattern, Index(pattern.Dynamic, partition + row, column));
    }

    /// <summary>True when row <paramref name="partition"/> of the pattern lies inside its tensor.</summary>
    public bool IsInside(in AccessPattern pattern, int partition)
    {
        var rows = pattern.Dynamic.Kind == OffsetKind.Vector ? 1 : pattern.Partitions;
        return IsInside(pattern, Displacement(pattern, partition), rows);
    }

    /// <summary>The index; elements of uint32 tensors are never negative.</summary>
    private long Index(in DynamicOffset dynamic, int partition, int column = 0)
    {
        if (dynamic.Kind == OffsetKind.Register) return this[new Register(dynamic.Source)];
        if (dynamic is { Kind: OffsetKind.Vector, Group: > 0 }) (column, partition) = Math.DivRem(partition, dynamic.Group);
        var place = _binding[dynamic.Source];
        var offset = place.Offset + (dynamic.SourcePartition + partition) * place.PartitionStride + dynamic.SourceByte
            + column * sizeof(uint);
        var bits = BitConverter.ToUInt32(place.Block.Span(offset, sizeof(uint)));
        return _program.TensorAt(dynamic.Source).DType == DType.UInt32 ? bits : (int)bits;
    }

    private static long Displaced(in AccessPattern pattern, long index) =>
        (long)Int128.Clamp((Int128)index * pattern.Dynamic.Stride * pattern.DType.Size(), -Farthest, Farthest);

    /// <summary>The element of index 0 in each partition, all indices checked.</summary>
    private Tile Columns(in AccessPattern pattern)
    {
        var column = pattern with { Count3 = 1 };
        for (var row = 0; row < pattern.Partitions; row += pattern.Dynamic.Group)
        {
            for (var i = 0; i < pattern.Free; i++)
            {
                if (IsInside(column, Displacement(pattern, row, i), 1)) continue;
                var (at, lane) = Math.DivRem(i, pattern.Dynamic.Group);
                throw OutOfBounds(pattern, Index(pattern.Dynamic, row + lane, at));
            }
        }

        return Static(column, 0, 0, column.Partitions);
    }

    private Tile IndexTile(in AccessPattern pattern)
    {
        var indices = pattern.IndexPattern();
        return Static(indices, 0, 0, indices.Partitions);
    }

    private Tile Moved(in AccessPattern pattern, int partition, int rows)
    {
        var displacement = Displacement(pattern, partition);
        if (!IsInside(pattern, displacement, rows)) throw OutOfBounds(pattern, Index(pattern.Dynamic, partition));
        return Static(pattern, displacement, partition, rows);
    }

    private bool IsInside(in AccessPattern pattern, long displacement, int rows)
    {
        var tensor = _program.TensorOf(pattern);
        var (first, end) = pattern.FreeExtent();
        var start = pattern.Offset + displacement;
        if (tensor.Space != MemorySpace.Hbm) return start + first >= 0 && start + end <= tensor.BytesPerPartition;
        var reach = pattern.PartitionStep * (rows - 1) * pattern.DType.Size();
        return start + first + Math.Min(0, reach) >= 0 && start + end + Math.Max(0, reach) <= tensor.Bytes;
    }

    private Tile Rows(in Tile tile) => _partRows == 0 ? tile : tile.Slice(_firstRow, _partRows);

    private Tile Static(in AccessPattern p, long displacement, int partition, int rows)
    {
        var place = _binding[p.Tensor];
        long size = p.DType.Size();
        var isHbm = place.PartitionStride == 0;
        var stride = isHbm ? p.PartitionStep * size : place.PartitionStride;
        var isVector = p.Dynamic.Kind == OffsetKind.Vector;
        var first = isHbm ? (isVector ? 0 : partition * stride) : (p.StartPartition + partition) * stride;
        return place.Block.Tile(
            place.Offset + first + p.Offset + displacement, rows, stride, p.DType,
            [p.Count0, p.Count1, p.Count2, p.Count3],
            [p.Stride0 * size, p.Stride1 * size, p.Stride2 * size, p.Stride3 * size])
            .Rounded(_rounding.From(partition));
    }

    private TrnException OutOfBounds(in AccessPattern pattern, long index)
    {
        var tensor = _program.TensorOf(pattern);
        return new TrnException(FailureKind.Fault, Diagnostic.Error(
            FaultCodes.DynamicAddress,
            FormattableString.Invariant($"{Current.Operation.Info.Name}: index {index} times stride {pattern.Dynamic.Stride} is ")
            + $"outside tensor {tensor.Name} {tensor.TypeText}",
            Current.Operation.Span,
            new DiagnosticNote(tensor.Span, $"{tensor.Name} was made here")));
    }
}
