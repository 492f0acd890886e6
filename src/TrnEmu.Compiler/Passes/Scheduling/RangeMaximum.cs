namespace TrnEmu.Compiler.Passes.Scheduling;

/// <summary>Numbers in a row of which ranges are added to; gives the largest. Each takes logarithmic time.</summary>
internal sealed class RangeMaximum
{
    private readonly int _leaves = 1;
    private readonly long[] _largest;
    private readonly long[] _added;

    /// <summary>The numbers at first.</summary>
    public RangeMaximum(ReadOnlySpan<long> values)
    {
        while (_leaves < values.Length) _leaves *= 2;
        _largest = new long[2 * _leaves];
        _added = new long[2 * _leaves];
        values.CopyTo(_largest.AsSpan(_leaves));
        for (var i = _leaves - 1; i > 0; i--) _largest[i] = Math.Max(_largest[2 * i], _largest[2 * i + 1]);
    }

    /// <summary>The largest number.</summary>
    public long Largest => _largest[1];

    /// <summary>Adds to the numbers from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public void Add(int first, int last, long amount)
    {
        if (first > last) return;
        var (left, right) = (first + _leaves, last + _leaves);
        var (leftEnd, rightEnd) = (left, right);
        for (right++; left < right; left /= 2, right /= 2)
        {
            if ((left & 1) != 0) AddTo(left++, amount);
            if ((right & 1) != 0) AddTo(--right, amount);
        }

        Raise(leftEnd);
        Raise(rightEnd);
    }

    private void AddTo(int node, long amount)
    {
        _largest[node] += amount;
        _added[node] += amount;
    }

    private void Raise(int node)
    {
        for (node /= 2; node > 0; node /= 2)
            _largest[node] = Math.Max(_largest[2 * node], _largest[2 * node + 1]) + _added[node];
    }
}
