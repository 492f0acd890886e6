namespace TrnEmu.Core.Numerics;

/// <summary>
/// The two inputs of a product. Their partitions hold the terms of each sum: one for each element of a row, or
/// <see cref="Layers"/> that lie a row of columns apart, or the four of a packed element, which then have scales.
/// </summary>
public readonly struct MatmulInputs
{
    /// <summary>Partitions that share a scale.</summary>
    internal const int GroupPartitions = 8;

    /// <summary>Terms that share a scale: eight partitions of four.</summary>
    internal const int GroupTerms = GroupPartitions * TermsOfPacked;

    private const int TermsOfPacked = 4;

    /// <summary>stationary [K, layers, M], moving [K, layers, N]; no packed dtypes.</summary>
    public MatmulInputs(in Tile stationary, in Tile moving, int layers = 1) =>
        (Stationary, Moving, Layers) = (stationary, moving, layers);

    /// <summary>
    /// stationary [K, M], moving [K, N] of packed dtypes; their scales have a row for each group of eight partitions:
    /// group g in partition 32 * (g / 4) + g % 4.
    /// </summary>
    public MatmulInputs(in Tile stationary, in Tile moving, in Tile stationaryScale, in Tile movingScale)
        : this(stationary, moving)
    {
        (StationaryScale, MovingScale) = (stationaryScale, movingScale);
        IsScaled = true;
    }

    /// <summary>The left matrix, transposed.</summary>
    public Tile Stationary { get; }

    /// <summary>The right matrix.</summary>
    public Tile Moving { get; }

    /// <summary>Scales of the left matrix, by group and column.</summary>
    public Tile StationaryScale { get; }

    /// <summary>Scales of the right matrix, by group and column.</summary>
    public Tile MovingScale { get; }

    /// <summary>Rows of columns in a partition: 1, or 2 of a double row.</summary>
    public int Layers { get; }

    /// <summary>Elements are packed fours and have scales.</summary>
    public bool IsScaled { get; }

    /// <summary>M.</summary>
    public int Rows => Stationary.Elements / Layers;

    /// <summary>N.</summary>
    public int Columns => Moving.Elements / Layers;

    /// <summary>Terms of each sum.</summary>
    public int Depth => Moving.Partitions * (IsScaled ? TermsOfPacked : Layers);

    /// <summary>Groups of terms that share a scale.</summary>
    internal int Groups => Depth / GroupTerms;
}
