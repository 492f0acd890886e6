namespace TrnEmu.Compiler.FrontEnd;

/// <summary>
/// What one dimension of a view is indexed with: a C# range, or one index (which drops the dimension).
/// </summary>
public readonly record struct Slice
{
    private readonly Range _range;
    private readonly int _index;

    private Slice(Range range, int index, bool isIndex)
    {
        _range = range;
        _index = index;
        IsIndex = isIndex;
    }

    /// <summary>True for one index, false for a range.</summary>
    public bool IsIndex { get; }

    /// <summary>A range: <c>r..(r + p)</c>, <c>..</c>, <c>^2..</c>.</summary>
    public static implicit operator Slice(Range range) => new(range, 0, isIndex: false);

    /// <summary>One index.</summary>
    public static implicit operator Slice(int index) => new(default, index, isIndex: true);

    /// <summary>First element and one past the last, for a dimension of that extent; not checked against it.</summary>
    public (int Start, int End) Within(int extent) =>
        IsIndex ? (_index, _index + 1) : (_range.Start.GetOffset(extent), _range.End.GetOffset(extent));

    /// <inheritdoc/>
    public override string ToString() => IsIndex ? FormattableString.Invariant($"{_index}") : _range.ToString();
}
