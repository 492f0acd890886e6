using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Machine;

/// <summary>
/// Operands with an index for each element, as packed copies: gathered before an operation and, where it writes them,
/// scattered after it. An element that a scatter names twice keeps the later one. The copies' bytes are kept from
/// operation to operation.
/// </summary>
internal sealed class IndirectTiles
{
    private readonly List<NativeBlock> _blocks = [];
    private readonly List<(Tile Packed, Tile Columns, Tile Indices, DynamicOffset Offset)> _scatters = [];
    private int _used;

    /// <summary>packed[p, i] = columns[p, index i of p's group].</summary>
    public Tile Gather(in Tile columns, in Tile indices, in AccessPattern pattern)
    {
        var packed = Packed(pattern);
        Indirection.Gather(packed, columns, indices, pattern.Dynamic.Group, pattern.Dynamic.Stride);
        return packed;
    }

    /// <summary>As <see cref="Gather"/>; what the operation makes of it goes back to its places.</summary>
    public Tile GatherAndScatter(in Tile columns, in Tile indices, in AccessPattern pattern)
    {
        var packed = Gather(columns, indices, pattern);
        _scatters.Add((packed, columns, indices, pattern.Dynamic));
        return packed;
    }

    /// <summary>The operation is done: writes to the places, frees the copies.</summary>
    public void Scatter()
    {
        foreach (var (packed, columns, indices, offset) in _scatters)
            Indirection.Scatter(columns, packed, indices, offset.Group, offset.Stride);
        _scatters.Clear();
        _used = 0;
    }

    private Tile Packed(in AccessPattern pattern)
    {
        var size = pattern.DType.Size();
        var row = (pattern.Free * size + 63) / 64 * 64;
        var length = row * pattern.Partitions;
        if (_used == _blocks.Count) _blocks.Add(new NativeBlock(length));
        if (_blocks[_used].Length < length)
        {
            _blocks[_used].Dispose();
            _blocks[_used] = new NativeBlock(length);
        }

        return _blocks[_used++].Tile(0, pattern.Partitions, row, pattern.DType, [(int)pattern.Free], [size]);
    }
}
