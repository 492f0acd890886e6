using System.Buffers;
using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>
/// The cells of all memories of a core. Tells of each touch of one whether what came before is known to be over, and
/// whether what is read was written; remembers the touch.
/// </summary>
internal sealed class CellTable(Knowledge knowledge) : IDisposable
{
    private readonly List<(int Step, int Next)> _more = [default];
    private Cell[] _cells = ArrayPool<Cell>.Shared.Rent(4096);
    private int _used = 1;
    private int _free;

    /// <summary>A cell by its number, which is never 0; good until the next is made.</summary>
    public ref Cell this[int number] => ref _cells[number];

    /// <summary>Makes a cell that has what another has.</summary>
    public int Copy(int number)
    {
        var copy = New();
        _cells[copy] = _cells[number];
        return copy;
    }

    /// <summary>Makes a cell that has nothing.</summary>
    public int New()
    {
        if (_free != 0)
        {
            var number = _free;
            _free = _cells[number].Above;
            return number;
        }

        if (_used == _cells.Length) Pooled.Grow(ref _cells, 2 * _used);
        return _used++;
    }

    /// <summary>Nobody needs the cell.</summary>
    public void Free(int number)
    {
        _cells[number].Above = _free;
        _free = number;
    }

    /// <summary>Gives memory back.</summary>
    public void Dispose()
    {
        ArrayPool<Cell>.Shared.Return(_cells);
        _cells = [];
    }

    /// <summary>A touch by the step at hand; false when it may be a fault.</summary>
    /// <param name="number">The cell.</param>
    /// <param name="touch">What is done.</param>
    /// <param name="tensor">Through which tensor, plus 1.</param>
    public bool Apply(int number, Touch touch, int tensor)
    {
        ref var cell = ref _cells[number];
        switch (touch)
        {
            case Touch.Look:
                return cell.Tensor == tensor;
            case Touch.ReadWritten when cell.Tensor != tensor:
                return false;
            case Touch.Read or Touch.ReadWritten:
                if (cell.Writer != 0 && !knowledge.IsComplete(cell.Writer)) return false;
                if (cell.Readers[0] == 0) cell.Readers[0] = knowledge.Current;
                else AddReader(ref cell);
                return true;
            default:
                if (!IsFree(cell)) return false;
                cell.Writer = knowledge.Current;
                cell.Readers = default;
                cell.More = 0;
                if (touch == Touch.Write) cell.Tensor = tensor;
                return true;
        }
    }

    private bool IsFree(in Cell cell)
    {
        if (cell.Writer != 0 && !knowledge.IsBeforeWrite(cell.Writer)) return false;
        foreach (var reader in cell.Readers)
        {
            if (reader == 0) return true;
            if (!knowledge.IsBeforeWrite(reader)) return false;
        }

        for (var at = cell.More; at != 0; at = _more[at].Next)
        {
            if (!knowledge.IsBeforeWrite(_more[at].Step)) return false;
        }

        return true;
    }

    /// <summary>
    /// Readers that completed before the step at hand starts, or that complete before it does, are forgotten: who waits
    /// for this one waits for them.
    /// </summary>
    private void AddReader(ref Cell cell)
    {
        var kept = 0;
        for (var i = 0; i < Cell.Room; i++)
        {
            var reader = cell.Readers[i];
            if (reader == 0) break;
            cell.Readers[i] = 0;
            if (!IsImplied(reader)) cell.Readers[kept++] = reader;
        }

        while (cell.More != 0 && IsImplied(_more[cell.More].Step)) cell.More = _more[cell.More].Next;
        if (kept == Cell.Room)
        {
            _more.Add((cell.Readers[--kept], cell.More));
            cell.More = _more.Count - 1;
        }

        cell.Readers[kept] = knowledge.Current;
    }

    private bool IsImplied(int reader) =>
        knowledge.IsInOrder(reader) || reader == knowledge.Current || knowledge.IsComplete(reader);
}
