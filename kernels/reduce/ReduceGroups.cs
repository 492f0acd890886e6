using TrnEmu.Core.Memory;

namespace TrnEmu.Kernels.Reduce;

/// <summary>
/// The axes of a tensor seen as few: neighbours that are both reduced, or both kept, are one, and extents of 1 go.
/// </summary>
internal sealed class ReduceGroups
{
    private const int FewRows = Limits.Partitions / 2;
    private const int LongRow = 8192;
    private readonly List<(int Extent, bool IsReduced)> _groups = [];

    /// <summary>The axes of a shape, some of them reduced.</summary>
    public ReduceGroups(IReadOnlyList<int> shape, IReadOnlyCollection<int> axes)
    {
        for (var d = 0; d < shape.Count; d++)
        {
            if (shape[d] > 1) Append(shape[d], axes.Contains(d));
        }
    }

    /// <summary>True as long as some axis is reduced.</summary>
    public bool IsOpen => _groups.Exists(g => g.IsReduced);

    /// <summary>
    /// Takes the innermost reduced axis, or a part of it: the tensor is [A, R, B], of which R goes. A long axis of few
    /// rows goes in two parts, so that its pieces have a partition each.
    /// </summary>
    public (int A, int R, int B) Next()
    {
        var i = _groups.FindLastIndex(g => g.IsReduced);
        if (i < 0) return (Product(0, _groups.Count), 1, 1);
        var (a, r, b) = (Product(0, i), _groups[i].Extent, Product(i + 1, _groups.Count));
        if (Pieces(a, r, b) is var pieces && pieces > 1)
        {
            _groups[i] = (pieces, true);
            return (a * pieces, r / pieces, b);
        }

        _groups.RemoveAt(i);
        return (a, r, b);
    }

    /// <summary>The most pieces of equal length that the partitions have room for.</summary>
    private static int Pieces(int a, int r, int b)
    {
        if (a > FewRows || (long)r * b < LongRow || ReduceRows.Columns(b).Count > FewRows) return 1;
        for (var pieces = Math.Min(Limits.Partitions / a, r / 2); pieces > 1; pieces--)
        {
            if (r % pieces == 0) return pieces;
        }

        return 1;
    }

    private void Append(int extent, bool isReduced)
    {
        if (_groups.Count > 0 && _groups[^1].IsReduced == isReduced)
            _groups[^1] = (_groups[^1].Extent * extent, isReduced);
        else
            _groups.Add((extent, isReduced));
    }

    private int Product(int first, int end)
    {
        var n = 1;
        for (var i = first; i < end; i++) n *= _groups[i].Extent;
        return n;
    }
}
