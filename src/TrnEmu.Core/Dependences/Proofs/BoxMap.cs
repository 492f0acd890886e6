using System.Numerics;
using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>
/// The histories of one memory, exact to the byte: bytes in segments, each with cells of rows (partitions, or rows of an
/// HBM tensor). What starts in the same 64 bytes is found through one number, whatever else there is.
/// </summary>
internal sealed class BoxMap
{
    private const int BlockShift = 6;
    private readonly CellTable _cells;
    private readonly int[] _last;
    private readonly ulong[] _filled;
    private readonly int _rows;

    /// <summary>A memory that nobody has touched.</summary>
    /// <param name="cells">Where its cells are.</param>
    /// <param name="bytes">Bytes of each row.</param>
    /// <param name="rows">Number of rows.</param>
    public BoxMap(CellTable cells, int bytes, int rows)
    {
        (_cells, _rows, Bytes) = (cells, rows, bytes);
        var blocks = ((bytes - 1) >> BlockShift) + 1;
        _last = new int[blocks];
        _filled = new ulong[((blocks - 1) >> 6) + 1];
        var all = cells.New();
        cells[all] = new Cell { End = bytes, EndRow = rows };
        Enter(all);
    }

    /// <summary>Bytes of each row.</summary>
    public int Bytes { get; }

    /// <summary>Touches some bytes in some rows, at least one of each; false when that may be a fault.</summary>
    public bool Apply(in Box box, Touch touch, int tensor)
    {
        if (box.Start < 0 || box.End > Bytes || box.FirstRow < 0 || box.EndRow > _rows) return false;
        var first = SegmentAt(box.Start);
        ref readonly var whole = ref _cells[first];
        return whole.End == box.End && box.FirstRow == 0 && whole.EndRow == box.EndRow
            ? _cells.Apply(first, touch, tensor) : Apply(first, box, touch, tensor);
    }

    private bool Apply(int first, in Box box, Touch touch, int tensor)
    {
        var last = first;
        var isUniform = true;
        while (true)
        {
            if (_cells[last].End > box.End) Split(last, box.End);
            if (box.FirstRow == 0 && _cells[last].EndRow == box.EndRow)
            {
                if (!_cells.Apply(last, touch, tensor)) return false;
                isUniform &= _cells[last].Above == 0;
            }
            else
            {
                if (!ApplyRows(last, box, touch, tensor)) return false;
                isUniform = false;
            }

            if (_cells[last].End == box.End) break;
            last = _cells[last].Next;
        }

        if (last != first && touch == Touch.Write) Join(first, last, box, isUniform);
        return true;
    }

    /// <summary>The segment that starts at a byte; what has the byte inside is split.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SegmentAt(int start)
    {
        var block = start >> BlockShift;
        var segment = _last[block];
        return segment != 0 && _cells[segment].Start == start ? segment : SegmentInside(block, segment, start);
    }

    private int SegmentInside(int block, int segment, int start)
    {
        if (segment == 0) segment = _last[FilledBefore(block)];
        while (_cells[segment].Start > start) segment = _cells[segment].Previous;
        return _cells[segment].Start == start ? segment : Split(segment, start);
    }

    private int FilledBefore(int block)
    {
        var word = block >> 6;
        var bits = _filled[word] & ((1UL << (block & 63)) - 1);
        while (bits == 0) bits = _filled[--word];
        return (word << 6) + BitOperations.Log2(bits);
    }

    /// <summary>Splits a segment; returns what starts at the byte.</summary>
    private int Split(int segment, int at)
    {
        var rest = _cells.Copy(segment);
        ref var cell = ref _cells[segment];
        ref var behind = ref _cells[rest];
        if (cell.Next != 0) _cells[cell.Next].Previous = rest;
        cell.End = behind.Start = at;
        cell.Next = rest;
        behind.Previous = segment;
        for (var copy = rest; _cells[copy].Above != 0;)
        {
            var above = _cells.Copy(_cells[copy].Above);
            _cells[copy].Above = above;
            copy = above;
        }

        Enter(rest);
        return rest;
    }

    private void Enter(int segment)
    {
        var block = _cells[segment].Start >> BlockShift;
        var last = _last[block];
        if (last != 0 && _cells[last].Start > _cells[segment].Start) return;
        _last[block] = segment;
        _filled[block >> 6] |= 1UL << (block & 63);
    }

    /// <summary>The cells of a segment in the box's rows; a write makes one of them.</summary>
    private bool ApplyRows(int segment, in Box box, Touch touch, int tensor)
    {
        var (cell, row, written) = (segment, 0, 0);
        while (row < box.EndRow)
        {
            var end = _cells[cell].EndRow;
            if (end > box.FirstRow)
            {
                if (row < box.FirstRow)
                {
                    SplitRows(cell, end = box.FirstRow);
                }
                else
                {
                    if (end > box.EndRow) SplitRows(cell, end = box.EndRow);
                    if (!_cells.Apply(cell, touch, tensor)) return false;
                    if (touch != Touch.Write || written == 0)
                    {
                        written = cell;
                    }
                    else
                    {
                        (_cells[written].EndRow, _cells[written].Above) = (end, _cells[cell].Above);
                        _cells.Free(cell);
                        cell = written;
                    }
                }
            }

            row = end;
            cell = _cells[cell].Above;
        }

        return true;
    }

    private void SplitRows(int cell, int row)
    {
        var above = _cells.Copy(cell);
        _cells[cell].EndRow = row;
        _cells[cell].Above = above;
    }

    /// <summary>Makes one of the segments of a box that was written, where all is equal outside of its rows too.</summary>
    private void Join(int first, int last, in Box box, bool isUniform)
    {
        if (!isUniform)
        {
            for (var segment = first; ; segment = _cells[segment].Next)
            {
                if (!IsBareOutside(segment, box)) return;
                if (segment == last) break;
            }
        }

        var after = _cells[last].Next;
        for (var segment = _cells[first].Next; segment != after;)
        {
            var next = _cells[segment].Next;
            Leave(segment, first);
            for (var cell = segment; cell != 0;)
            {
                var above = _cells[cell].Above;
                _cells.Free(cell);
                cell = above;
            }

            segment = next;
        }

        _cells[first].End = box.End;
        _cells[first].Next = after;
        if (after != 0) _cells[after].Previous = first;
    }

    private bool IsBareOutside(int segment, in Box box)
    {
        var row = 0;
        for (var cell = segment; cell != 0; cell = _cells[cell].Above)
        {
            if ((row < box.FirstRow || row >= box.EndRow) && !_cells[cell].IsBare) return false;
            row = _cells[cell].EndRow;
        }

        return true;
    }

    /// <summary>A segment ends to be one; what was before it is now what starts last before its place.</summary>
    private void Leave(int segment, int before)
    {
        var block = _cells[segment].Start >> BlockShift;
        if (_last[block] != segment) return;
        if (_cells[before].Start >> BlockShift == block)
        {
            _last[block] = before;
            return;
        }

        _last[block] = 0;
        _filled[block >> 6] &= ~(1UL << (block & 63));
    }
}
