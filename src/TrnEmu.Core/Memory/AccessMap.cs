using System.Runtime.InteropServices;

namespace TrnEmu.Core.Memory;

/// <summary>
/// A value for every byte of every partition of one memory, exact to the byte: the default at first, then
/// whatever accesses made of it. Stored as segments over bytes, each with a row of partition ranges; an access splits
/// what it covers in part, neighbours that became equal are joined again.
/// </summary>
/// <typeparam name="T">The value; equality decides what is joined.</typeparam>
public sealed class AccessMap<T>
{
    private readonly AccessSegments<T> _segments = new([new AccessCell<T>(int.MaxValue, default!)]);
    private readonly List<(long Start, AccessCell<T>[] Row)> _pieces = [];
    private readonly List<AccessCell<T>> _cells = [];
    private AccessCell<T>[]? _seen;
    private AccessCell<T>[]? _became;

    /// <summary>Segments that differ from their neighbours.</summary>
    public int Segments => _segments.Count;

    /// <summary>
    /// Shows an access's parts to the visitor, in ascending order within a run, and stores what it returns.
    /// </summary>
    public void Apply<TVisitor>(AccessRuns runs, ref TVisitor visitor)
        where TVisitor : IAccessVisitor<T>, allows ref struct
    {
        _seen = null;
        foreach (var run in runs) Apply(run, ref visitor);
        _seen = _became = null;
    }

    /// <summary>As <see cref="Apply{TVisitor}(AccessRuns, ref TVisitor)"/>, for one rectangle.</summary>
    public void ApplyRange<TVisitor>(in AccessRange range, ref TVisitor visitor)
        where TVisitor : IAccessVisitor<T>, allows ref struct
    {
        _seen = null;
        Apply(range, ref visitor);
        _seen = _became = null;
    }

    private void Apply<TVisitor>(in AccessRange range, ref TVisitor visitor)
        where TVisitor : IAccessVisitor<T>, allows ref struct
    {
        _pieces.Clear();
        var first = _segments.Find(range.Start);
        var next = first;
        var isChanged = false;
        if (_segments.Start(first) < range.Start) _pieces.Add((_segments.Start(first), _segments.Row(first)));
        for (var at = range.Start; at < range.End;)
        {
            var old = _segments.Row(next);
            var end = Math.Min(_segments.Start(++next), range.End);
            var row = Become(old, range with { Start = at, End = end }, ref visitor);
            isChanged |= !ReferenceEquals(row, old);
            Push(at, row);
            at = end;
        }

        if (!isChanged) return;
        if (_segments.Start(next) > range.End) Push(range.End, _segments.Row(next - 1));
        Store(first, next);
    }

    /// <summary>Puts the pieces in place of segments [first, next), joined with equal neighbours.</summary>
    private void Store(int first, int next)
    {
        var pieces = CollectionsMarshal.AsSpan(_pieces);
        if (next < _segments.Count && AreEqual(pieces[^1].Row, _segments.Row(next))) next++;
        if (first > 0 && AreEqual(_segments.Row(first - 1), pieces[0].Row)) pieces = pieces[1..];
        _segments.Replace(first, next - first, pieces);
    }

    private void Push(long start, AccessCell<T>[] row)
    {
        if (_pieces.Count == 0 || !AreEqual(_pieces[^1].Row, row)) _pieces.Add((start, row));
    }

    private AccessCell<T>[] Become<TVisitor>(AccessCell<T>[] row, in AccessRange range, ref TVisitor visitor)
        where TVisitor : IAccessVisitor<T>, allows ref struct
    {
        if (ReferenceEquals(row, _seen)) return _became!;
        _seen = row;
        return _became = Visit(row, range, ref visitor);
    }

    private AccessCell<T>[] Visit<TVisitor>(AccessCell<T>[] row, in AccessRange range, ref TVisitor visitor)
        where TVisitor : IAccessVisitor<T>, allows ref struct
    {
        _cells.Clear();
        var isChanged = false;
        var start = 0;
        foreach (var cell in row)
        {
            var first = Math.Max(start, range.FirstPartition);
            var end = Math.Min(cell.End, range.EndPartition);
            if (first >= end)
            {
                PushCell(cell.End, cell.Value);
            }
            else
            {
                var value = visitor.Visit(range with { FirstPartition = first, EndPartition = end }, cell.Value);
                isChanged |= !AreSame(value, cell.Value);
                if (start < first) PushCell(first, cell.Value);
                PushCell(end, value);
                if (end < cell.End) PushCell(cell.End, cell.Value);
            }

            start = cell.End;
        }

        return isChanged ? [.. _cells] : row;
    }

    private void PushCell(int end, T value)
    {
        var cell = new AccessCell<T>(end, value);
        if (_cells.Count > 0 && AreSame(_cells[^1].Value, value)) _cells[^1] = cell;
        else _cells.Add(cell);
    }

    private static bool AreSame(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);

    private static bool AreEqual(AccessCell<T>[] a, AccessCell<T>[] b)
    {
        if (ReferenceEquals(a, b)) return true;
        if (a.Length != b.Length) return false;
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i].End != b[i].End || !AreSame(a[i].Value, b[i].Value)) return false;
        }

        return true;
    }
}
