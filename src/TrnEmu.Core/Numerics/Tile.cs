namespace TrnEmu.Core.Numerics;

/// <summary>
/// An operand at its bytes: element (p, i0, i1, i2, i3) lies at
/// <c>Base + p * PartitionStride + i0 * Stride0 + i1 * Stride1 + i2 * Stride2 + i3 * Stride3</c> (strides in bytes).
/// The free elements of a partition are numbered in that order, level 3 fastest. Levels that continue each other are
/// merged, so a row without gaps is one level: <see cref="IsRow"/>.
/// </summary>
public readonly unsafe struct Tile
{
    /// <summary>Address of element (0, 0, 0, 0, 0).</summary>
    internal readonly byte* Base;

    /// <summary>Number of partitions (rows of an HBM pattern).</summary>
    public readonly int Partitions;

    /// <summary>Bytes from one partition to the next.</summary>
    public readonly long PartitionStride;

    /// <summary>Type of the elements.</summary>
    public readonly DType DType;

    /// <summary>Number of elements of each level, outermost first; unused levels count 1.</summary>
    public readonly int Count0, Count1, Count2, Count3;

    /// <summary>Bytes between neighbours of each level; 0 repeats an element.</summary>
    public readonly long Stride0, Stride1, Stride2, Stride3;

    /// <summary>How fp32 is rounded to elements.</summary>
    internal readonly Rounding Rounding;

    /// <summary>
    /// Places a pattern of up to four levels (counts and byte strides, outermost first) at an address.
    /// </summary>
    internal Tile(
        byte* address, int partitions, long partitionStride, DType dtype, ReadOnlySpan<int> counts, ReadOnlySpan<long> strides)
    {
        Base = address;
        Partitions = partitions;
        PartitionStride = partitionStride;
        DType = dtype;
        Span<int> c = [1, 1, 1, 1];
        Span<long> s = [0, 0, 0, 0];
        var top = 3;
        for (var i = counts.Length - 1; i >= 0; i--)
        {
            if (counts[i] == 1) continue;
            if (c[top] == 1)
            {
                c[top] = counts[i];
                s[top] = strides[i];
            }
            else if (strides[i] == s[top] * c[top])
            {
                c[top] *= counts[i];
            }
            else
            {
                top--;
                c[top] = counts[i];
                s[top] = strides[i];
            }
        }

        (Count0, Count1, Count2, Count3) = (c[0], c[1], c[2], c[3]);
        (Stride0, Stride1, Stride2, Stride3) = (s[0], s[1], s[2], c[3] == 1 ? dtype.Size() : s[3]);
    }

    private Tile(in Tile tile, Rounding rounding)
    {
        this = tile;
        Rounding = rounding;
    }

    /// <summary>Elements of one partition.</summary>
    public int Elements => Count0 * Count1 * Count2 * Count3;

    /// <summary>True when the elements of a partition follow one another without gaps.</summary>
    public bool IsRow => Count2 == 1 && Count1 == 1 && Count0 == 1 && Stride3 == DType.Size();

    /// <summary>The same bytes read as another dtype of the same size.</summary>
    public Tile As(DType dtype) => new Tile(
        Base, Partitions, PartitionStride, dtype,
        [Count0, Count1, Count2, Count3], [Stride0, Stride1, Stride2, Stride3]).Rounded(Rounding);

    /// <summary>The same elements, written with a rounding.</summary>
    public Tile Rounded(Rounding rounding) => new(this, rounding);

    /// <summary>
    /// Partitions <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> alone.
    /// </summary>
    public Tile Slice(int first, int count) => new Tile(
        Base + first * PartitionStride, count, PartitionStride, DType,
        [Count0, Count1, Count2, Count3], [Stride0, Stride1, Stride2, Stride3]).Rounded(Rounding.From(first));
}
