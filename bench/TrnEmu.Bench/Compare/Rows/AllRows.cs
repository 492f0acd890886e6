namespace TrnEmu.Bench.Compare.Rows;

/// <summary>The rows in the order of the table.</summary>
internal static class AllRows
{
    public static IEnumerable<Row> Of() =>
    [
        .. TileRows.Of(), .. Avx2Row.Of(), .. GemmRows.Of(), .. LayerRows.Of(), .. ThreadRows.Of(), .. ElementwiseRows.Of(),
        .. TimingRows.Of(), .. LargeGemmRows.Of(), .. StartRows.Of(), .. MemoryRows.Of(), .. GrowthRows.Of(),
    ];
}
