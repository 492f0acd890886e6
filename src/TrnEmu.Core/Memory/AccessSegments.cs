namespace TrnEmu.Core.Memory;

/// <summary>
/// Segments of an <see cref="AccessMap{T}"/> in ascending order: segment i holds one row of cells for the bytes from
/// its start to the start of segment i + 1. A gap buffer: neighbouring changes, which are the usual ones, move little.
/// </summary>
internal sealed class AccessSegments<T>(AccessCell<T>[] everywhere)
{
    private (long Start, AccessCell<T>[] Row)[] _items = [(0, everywhere), default, default, default];
    private int _gap = 1;

    /// <summary>Number of segments, at least one.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>First byte of a segment; past the last segment, the end of all memories.</summary>
    public long Start(int i) => i < Count ? _items[Slot(i)].Start : long.MaxValue;

    /// <summary>Cells of a segment.</summary>
    public AccessCell<T>[] Row(int i) => _items[Slot(i)].Row;

    /// <summary>The segment that has a byte.</summary>
    public int Find(long position)
    {
        int low = 0, high = Count;
        while (high - low > 1)
        {
            var middle = (low + high) >>> 1;
            if (_items[Slot(middle)].Start <= position) low = middle;
            else high = middle;
        }

        return low;
    }

    /// <summary>
    /// Puts pieces in the place of <paramref name="removed"/> segments from <paramref name="at"/> on.
    /// </summary>
    public void Replace(int at, int removed, ReadOnlySpan<(long Start, AccessCell<T>[] Row)> pieces)
    {
        if (removed == pieces.Length)
        {
            for (var i = 0; i < removed; i++) _items[Slot(at + i)] = pieces[i];
            return;
        }

        MoveGap(at);
        Clear(_gap + _items.Length - Count, removed);
        Count -= removed;
        if (_items.Length - Count < pieces.Length) Grow(pieces.Length);
        pieces.CopyTo(_items.AsSpan(_gap));
        _gap += pieces.Length;
        Count += pieces.Length;
    }

    private int Slot(int i) => i < _gap ? i : i + _items.Length - Count;

    private void MoveGap(int to)
    {
        var free = _items.Length - Count;
        if (to < _gap) Array.Copy(_items, to, _items, to + free, _gap - to);
        else Array.Copy(_items, _gap + free, _items, _gap, to - _gap);
        _gap = to;
    }

    private void Clear(int slot, int count) => Array.Clear(_items, slot, count);

    private void Grow(int more)
    {
        var larger = new (long Start, AccessCell<T>[] Row)[(Count + more) * 2];
        Array.Copy(_items, larger, _gap);
        var tail = Count - _gap;
        Array.Copy(_items, _items.Length - tail, larger, larger.Length - tail, tail);
        _items = larger;
    }
}
