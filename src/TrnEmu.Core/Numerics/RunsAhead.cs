namespace TrnEmu.Core.Numerics;

/// <summary>All elements of a tile as <see cref="Runs"/>, which knows the run after the one that it gave.</summary>
internal unsafe ref struct RunsAhead
{
    private Runs _runs;
    private byte* _coming;
    private int _length;

    /// <summary>The first <paramref name="count"/> elements of a tile, partition by partition.</summary>
    public RunsAhead(in Tile tile, long count)
    {
        _runs = new Runs(tile, 0, 0, count);
        _runs.Next(out _coming, out _length);
    }

    /// <summary>Moves to the next run, which there must be.</summary>
    public void Next(out byte* address, out int length)
    {
        address = _coming;
        length = _length;
        _runs.Next(out _coming, out _length);
    }

    /// <summary>The run after this one; null when it is shorter than that many elements.</summary>
    public readonly byte* Coming(int count) => _length >= count ? _coming : null;
}
