namespace TrnEmu.Kernels.Elementwise;

/// <summary>A part of tensors of one shape: rows of up to four free dimensions.</summary>
public sealed class Tile
{
    private readonly TensorView[] _tensors;
    private readonly int[] _shape;
    private readonly long[][] _strides;
    private readonly long[] _offsets;

    private Tile(TensorView[] tensors, int[] shape, long[][] strides, long[] offsets) =>
        (_tensors, _shape, _strides, _offsets) = (tensors, shape, strides, offsets);

    /// <summary>Rows, then the free extents, at least one.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Elements of a row.</summary>
    public int Columns => _shape.Skip(1).Aggregate(1, (n, e) => n * e);

    /// <summary>The part of a tensor in HBM.</summary>
    /// <param name="tensor">Its number among the tensors that were cut.</param>
    public TensorView this[int tensor] => _tensors[tensor].Strided(_shape, _strides[tensor], _offsets[tensor]);

    /// <summary>
    /// The part of a tensor in HBM without its repetitions: extents of free dimensions of stride 0 are 1.
    /// </summary>
    public TensorView Distinct(int tensor)
    {
        int[] shape = [.. _shape];
        for (var d = 1; d < shape.Length; d++)
        {
            if (_strides[tensor][d] == 0) shape[d] = 1;
        }

        return _tensors[tensor].Strided(shape, _strides[tensor], _offsets[tensor]);
    }

    /// <summary>What distinguishes the part of a tensor from other parts of it.</summary>
    public string Key(int tensor) => FormattableString.Invariant(
        $"{_offsets[tensor]}:{string.Join(',', _shape)}:{string.Join(',', _strides[tensor])}");

    internal static Tile Of(TensorView[] tensors, List<Level> levels, int row, int[] lengths, long[] offsets)
    {
        var free = Enumerable.Range(0, levels.Count).Where(i => i != row && lengths[i] > 1).ToList();
        if (free.Count == 0) free.Add(levels.Count - 1 == row ? -1 : levels.Count - 1);
        int[] shape = [row < 0 ? 1 : lengths[row], .. free.Select(i => i < 0 ? 1 : lengths[i])];
        var strides = new long[tensors.Length][];
        for (var t = 0; t < tensors.Length; t++)
        {
            strides[t] =
                [row < 0 ? 0 : levels[row].Strides[t], .. free.Select(i => i < 0 ? 0 : levels[i].Strides[t])];
        }

        return new Tile(tensors, shape, strides, offsets);
    }
}
