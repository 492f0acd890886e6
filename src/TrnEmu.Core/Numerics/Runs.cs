namespace TrnEmu.Core.Numerics;

/// <summary>
/// Walks elements of a tile in pattern order (partition, then levels 0 to 3) as runs: stretches of level 3, whose
/// neighbours are <see cref="Tile.Stride3"/> bytes apart.
/// </summary>
internal unsafe ref struct Runs
{
    private readonly ref readonly Tile _tile;
    private long _left;
    private int _partition, _i0, _i1, _i2, _i3;

    /// <summary>
    /// From element <paramref name="first"/> of a partition on, over as many partitions as the count takes.
    /// </summary>
    public Runs(in Tile tile, int partition, int first, long count)
    {
        _tile = ref tile;
        _left = count;
        _partition = partition;
        _i3 = first;
        if (first < tile.Count3) return;
        (var rest, _i3) = Math.DivRem(first, tile.Count3);
        (rest, _i2) = Math.DivRem(rest, tile.Count2);
        (_i0, _i1) = Math.DivRem(rest, tile.Count1);
    }

    /// <summary>Moves to the next run; false at the end.</summary>
    public bool Next(out byte* address, out int length)
    {
        if (_left == 0)
        {
            address = null;
            length = 0;
            return false;
        }

        address = _tile.Base + _partition * _tile.PartitionStride
            + _i0 * _tile.Stride0 + _i1 * _tile.Stride1 + _i2 * _tile.Stride2 + _i3 * _tile.Stride3;
        length = (int)Math.Min(_tile.Count3 - _i3, _left);
        _left -= length;
        _i3 = 0;
        Step();
        return true;
    }

    private void Step()
    {
        if (++_i2 < _tile.Count2) return;
        _i2 = 0;
        if (++_i1 < _tile.Count1) return;
        _i1 = 0;
        if (++_i0 < _tile.Count0) return;
        _i0 = 0;
        _partition++;
    }
}
