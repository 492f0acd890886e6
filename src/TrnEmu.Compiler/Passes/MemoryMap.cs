namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Which bytes of each partition of one memory are taken. Places by next fit: the search goes on behind the last block
/// placed and wraps around, so that a freed block is reused as late as possible and neighbouring iterations of a loop
/// get different bytes. <paramref name="fromStart"/> searches from byte 0 each time instead: less overlap, fewer holes.
/// </summary>
internal sealed class MemoryMap(int capacity, int alignment, bool fromStart)
{
    private readonly List<Block> _blocks = [];
    private int _cursor;

    /// <summary>Bytes of each partition.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>Bytes that are not taken, alignment included.</summary>
    public int Free => Capacity - _blocks.Sum(b => b.End - b.Start);

    /// <summary>Tensors that hold bytes now, by address; pinned ones are not listed.</summary>
    public IEnumerable<int> Tensors => _blocks.Where(b => b.Tensor >= 0).Select(b => b.Tensor);

    /// <summary>Takes bytes out of use for good. They may overlap others that are.</summary>
    public void Reserve(int start, int end)
    {
        var first = _blocks.FindIndex(b => b.End > start);
        if (first < 0) first = _blocks.Count;
        while (first < _blocks.Count && _blocks[first].Start < end)
        {
            start = Math.Min(start, _blocks[first].Start);
            end = Math.Max(end, _blocks[first].End);
            _blocks.RemoveAt(first);
        }

        _blocks.Insert(first, new Block(start, end, -1));
    }

    /// <summary>
    /// First byte of a free piece of that many bytes, now taken by the tensor; null when there is none.
    /// </summary>
    public int? Place(int tensor, long bytes)
    {
        if (bytes > Capacity) return null;
        var size = Aligned(bytes);
        var start = FindFrom(fromStart ? 0 : _cursor, size) ?? FindFrom(0, size);
        if (start is not { } found) return null;
        _blocks.Insert(_blocks.FindLastIndex(b => b.Start < found) + 1, new Block(found, found + size, tensor));
        _cursor = found + size;
        return found;
    }

    /// <summary>True when <see cref="Place"/> would find a piece.</summary>
    public bool HasRoom(long bytes) => Find(bytes, []) is not null;

    /// <summary>
    /// The lowest piece of that many bytes that is free but for some tensors, as its first byte and its end; null when
    /// there is none.
    /// </summary>
    public (int Start, int End)? Find(long bytes, HashSet<int> except)
    {
        if (bytes > Capacity) return null;
        var (start, size) = (0, Aligned(bytes));
        foreach (var block in _blocks)
        {
            if (except.Contains(block.Tensor) || block.End <= start) continue;
            if (start + size <= block.Start) break;
            start = Aligned(block.End);
        }

        return start + size <= Capacity ? (start, start + size) : null;
    }

    /// <summary>Gives the tensor's bytes back.</summary>
    public void Release(int tensor) => _blocks.RemoveAt(_blocks.FindIndex(b => b.Tensor == tensor));

    private int Aligned(long bytes) => (int)((bytes + alignment - 1) / alignment * alignment);

    private int? FindFrom(int start, int size)
    {
        foreach (var block in _blocks)
        {
            if (block.End <= start) continue;
            if (start + size <= block.Start) return start;
            start = Aligned(block.End);
        }

        return start + size <= Capacity ? start : null;
    }

    private readonly record struct Block(int Start, int End, int Tensor);
}
