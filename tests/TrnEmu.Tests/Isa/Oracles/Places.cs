using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>Where the elements of a pattern lie in the bytes of its tensor, by nested loops.</summary>
internal sealed class Places(Program program, OracleMemory memory)
{
    private readonly Dictionary<DynamicOffset, long> _scalars = [];

    public Dictionary<int, int> Registers { get; } = [];

    /// <summary>An operation starts: the one index that moves an operand is read before anything is written.</summary>
    public void Begin(IEnumerable<AccessPattern> operands)
    {
        _scalars.Clear();
        foreach (var p in operands.Where(p => p.Dynamic.Kind == OffsetKind.Scalar)) _scalars[p.Dynamic] = Index(p.Dynamic, 0);
    }

    /// <summary>The first byte of each element, in pattern order.</summary>
    /// <exception cref="OracleFault">An element lies outside the tensor.</exception>
    public List<long> Of(in AccessPattern p)
    {
        if (p.Dynamic.Kind == OffsetKind.Indirect) return Snake(p);
        var moved = p.IsDynamic ? Moved(p, 0) : p;
        var places = new List<long>();
        for (var row = 0; row < p.Partitions; row++)
            for (var a = 0; a < p.Count0; a++)
                for (var b = 0; b < p.Count1; b++)
                    for (var c = 0; c < p.Count2; c++)
                        for (var d = 0; d < p.Count3; d++)
                            places.Add(Place(moved, row, (long)a * p.Stride0 + (long)b * p.Stride1 + (long)c * p.Stride2
                                + (long)d * p.Stride3));
        return places;
    }

    /// <summary>One row of a pattern that has an index for each, or has none; null when it leads outside.</summary>
    public AccessPattern? Row(in AccessPattern p, int row)
    {
        if (p.Dynamic.Kind == OffsetKind.Vector)
        {
            var moved = Moved(p, row) with { Partitions = 1 };
            return IsOutside(moved) ? null : moved;
        }

        var isHbm = program.SpaceOf(p) == MemorySpace.Hbm;
        return p with
        {
            Partitions = 1,
            StartPartition = isHbm ? 0 : p.StartPartition + row,
            Offset = isHbm ? p.Offset + row * p.PartitionStep * p.DType.Size() : p.Offset,
        };
    }

    public bool IsOutside(in AccessPattern p)
    {
        try
        {
            Of(p);
            return false;
        }
        catch (OracleFault)
        {
            return true;
        }
    }

    /// <summary>
    /// Element i of partition p: the index in partition i % group, column i / group of the group that p belongs to.
    /// </summary>
    private List<long> Snake(in AccessPattern p)
    {
        var (places, from) = (new List<long>(), p.Dynamic);
        for (var row = 0; row < p.Partitions; row++)
            for (var i = 0; i < p.Free; i++)
            {
                var partition = from.SourcePartition + row - row % from.Group + i % from.Group;
                var at = partition * memory.RowBytes(from.Source) + from.SourceByte + 4 * (i / from.Group);
                places.Add(Place(p, row, Signed(from.Source, memory.Load(from.Source, at, 4)) * from.Stride));
            }

        return places;
    }

    private AccessPattern Moved(in AccessPattern p, int row)
    {
        var from = p.Dynamic;
        var index = from.Kind == OffsetKind.Register ? Registers.GetValueOrDefault(from.Source)
            : from.Kind == OffsetKind.Scalar && _scalars.TryGetValue(from, out var scalar) ? scalar
            : Index(from, row);
        return p with { Dynamic = default, Offset = p.Offset + index * from.Stride * p.DType.Size() };
    }

    private long Index(in DynamicOffset from, int row)
    {
        var (lane, column) = (from.Kind == OffsetKind.Scalar ? 0 : row, 0);
        if (from.Kind == OffsetKind.Vector && from.Group > 0) (lane, column) = (row % from.Group, row / from.Group);
        return Signed(from.Source, memory.Load(
            from.Source, (from.SourcePartition + lane) * memory.RowBytes(from.Source) + from.SourceByte + 4 * column, 4));
    }

    private long Signed(int tensor, uint bits) => program.Tensors[tensor].DType == DType.UInt32 ? bits : (int)bits;

    private long Place(in AccessPattern p, int row, long element)
    {
        var isHbm = program.SpaceOf(p) == MemorySpace.Hbm;
        var size = p.DType.Size();
        var inRow = p.Offset + size * (element + (isHbm ? row * p.PartitionStep : 0));
        if (inRow < 0 || inRow + size > memory.RowBytes(p.Tensor)) throw new OracleFault(FaultCodes.DynamicAddress);
        return inRow + (isHbm ? 0 : (p.StartPartition + row) * memory.RowBytes(p.Tensor));
    }
}
