namespace TrnEmu.Bench.Compare.Rows;

/// <summary>The rows in the order of the table.</summary>
internal static class AllRows
{
    public static IEnumerable<Row> Of() => [.. TileRows.Of(), .. LayerRows.Of()];
}
