using TrnEmu.Core.Memory;

namespace TrnEmu.Reports.Lanes;

/// <summary>Which units (bytes, banks) of a memory some tensor holds, those shared by address counted once.</summary>
internal sealed class BytesInUse
{
    private readonly int _unit;
    private readonly long[] _bounds;
    private readonly int[] _holders;

    /// <summary>Knows the tensors that may come.</summary>
    public BytesInUse(IReadOnlyList<Tensor> tensors, int unit)
    {
        _unit = unit;
        var bounds = new SortedSet<long>();
        foreach (var (from, to) in tensors.Where(t => t.Address is not null).Select(Range))
        {
            bounds.Add(from);
            bounds.Add(to);
        }

        _bounds = [.. bounds];
        _holders = new int[_bounds.Length];
    }

    /// <summary>Units in use.</summary>
    public long Units { get; private set; }

    /// <summary>A tensor comes (1) or goes (-1).</summary>
    public void Change(Tensor tensor, int by)
    {
        if (tensor.Address is null)
        {
            Units += by * Up(tensor.BytesPerPartition);
            return;
        }

        var (from, to) = Range(tensor);
        for (var i = Array.BinarySearch(_bounds, from); _bounds[i] < to; i++)
        {
            var was = _holders[i] > 0;
            _holders[i] += by;
            var isNow = _holders[i] > 0;
            if (was != isNow) Units += (_bounds[i + 1] - _bounds[i]) * by;
        }
    }

    private (long From, long To) Range(Tensor t) =>
        (t.Address!.Value.Byte / _unit, Up(t.Address.Value.Byte + t.BytesPerPartition));

    private long Up(long bytes) => (bytes + _unit - 1) / _unit;
}
