using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>dst[f, m P + p] = src[p, m F + f], bits kept: F partitions of dst, P rows of src.</summary>
internal static class Transposition
{
    /// <summary>Rows of a block.</summary>
    public const int MostRows = 32;

    private const int Columns = 64;

    /// <summary>All rows of src.</summary>
    public static void Move(in Tile dst, in Tile src)
    {
        if (src.Elements == dst.Partitions)
        {
            Transpose.Move(dst, src);
            return;
        }

        Span<Tile> rows = stackalloc Tile[MostRows];
        for (var first = 0; first < src.Partitions; first += MostRows)
        {
            var count = Math.Min(MostRows, src.Partitions - first);
            for (var i = 0; i < count; i++) rows[i] = src.Slice(first + i, 1);
            Block(dst, src.Partitions, first, rows[..count]);
        }
    }

    /// <summary>Rows first to first + rows.Length of <paramref name="all"/>, each a tile of one partition.</summary>
    public static void Block(in Tile dst, int all, int first, ReadOnlySpan<Tile> rows)
    {
        if (rows.IsEmpty) return;
        Span<uint> loaded = stackalloc uint[MostRows * Columns];
        var length = dst.Partitions;
        for (var middle = 0; middle * length < rows[0].Elements; middle++)
        {
            for (var f = 0; f < length; f += Columns)
            {
                var count = Math.Min(Columns, length - f);
                for (var i = 0; i < rows.Length; i++)
                    Rows.LoadBits(rows[i], 0, middle * length + f, loaded.Slice(i * Columns, count));
                Store(dst, f, count, middle * all + first, loaded, rows.Length);
            }
        }
    }

    private static void Store(in Tile dst, int f, int count, int at, ReadOnlySpan<uint> loaded, int rows)
    {
        Span<uint> column = stackalloc uint[MostRows];
        for (var j = 0; j < count; j++)
        {
            for (var i = 0; i < rows; i++) column[i] = loaded[i * Columns + j];
            Rows.StoreBits(dst, f + j, at, column[..rows]);
        }
    }
}
