namespace TrnEmu.Compiler.Passes.Spilling;

/// <summary>
/// Where a tensor is touched: stretches of entries between which nobody needs it. A loop in which it is touched is one
/// stretch, unless the tensor belongs to its body.
/// </summary>
internal sealed class TensorLife
{
    private readonly List<Touch> _touches = [];

    /// <summary>The stretches, in order, apart from each other.</summary>
    public IReadOnlyList<Touch> Touches => _touches;

    /// <summary>
    /// The first stretch after which every byte has surely been written; int.MaxValue when that cannot be told. Before,
    /// a copy would read what was never written.
    /// </summary>
    public int WholeFrom { get; set; } = int.MaxValue;

    /// <summary>Entries [first, last] touch it.</summary>
    public void Add(int first, int last, bool writes)
    {
        if (_touches.Count > 0 && first <= _touches[^1].Last)
            _touches[^1] = new Touch(
                _touches[^1].First, Math.Max(_touches[^1].Last, last), _touches[^1].Writes || writes);
        else
            _touches.Add(new Touch(first, last, writes));
    }

    /// <summary>
    /// The last stretch that is over before an entry, if there is another behind it that does not begin before the
    /// entry.
    /// </summary>
    public int? GapBefore(int entry)
    {
        var (low, high) = (0, _touches.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_touches[middle].Last < entry) low = middle + 1;
            else high = middle;
        }

        return low > 0 && low < _touches.Count && _touches[low].First >= entry ? low - 1 : null;
    }
}

/// <summary>A stretch of entries that need a tensor.</summary>
/// <param name="First">First entry.</param>
/// <param name="Last">Last entry.</param>
/// <param name="Writes">Some of them write it.</param>
internal readonly record struct Touch(int First, int Last, bool Writes);
