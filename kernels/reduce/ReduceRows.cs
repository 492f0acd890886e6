namespace TrnEmu.Kernels.Reduce;

/// <summary>
/// Cuts x[A, R, B] and y[A, B] in HBM into pieces x[P, R, b] and y[P, b] that fit the partitions: rows of A where there
/// are many, else pieces of B, which are contiguous.
/// </summary>
internal static class ReduceRows
{
    /// <summary>Elements of a partition that are loaded at once: 16 KiB of fp32.</summary>
    public const int Most = 4096;

    private const int Narrowest = 16;

    /// <summary>Pieces of a row of B elements that have a partition each, and their width.</summary>
    public static (int Count, int Width) Columns(int b)
    {
        var width = Math.Clamp((b + Limits.Partitions - 1) / Limits.Partitions, Narrowest, Most);
        return (b / width, width);
    }

    /// <summary>Calls <paramref name="fold"/> with each piece of y and of x.</summary>
    public static void Each(TensorView y, TensorView x, (int A, int R, int B) shape, Action<TensorView, TensorView> fold)
    {
        var (a, r, b) = shape;
        (y, x) = (y.Reshape([a, b]), x.Reshape([a, r, b]));
        var (count, width) = Columns(b);
        if (a >= Limits.Partitions || count <= a)
        {
            EachRow(y, x, fold);
            return;
        }

        for (var row = 0; row < a; row++)
        {
            foreach (var piece in Chunk.Each(count, Limits.Partitions))
            {
                Slice columns = (piece.Start * width)..(piece.End * width);
                fold(
                    y[row, columns].Reshape([piece.Length, width]),
                    x[row..(row + 1), .., columns].Reshape([r, piece.Length, width]).Permute([1, 0, 2]));
            }

            if (count * width < b) EachRow(y[row..(row + 1), (count * width)..], x[row..(row + 1), .., (count * width)..], fold);
        }
    }

    private static void EachRow(TensorView y, TensorView x, Action<TensorView, TensorView> fold)
    {
        foreach (var rows in Chunk.Each(y.Shape[0], Limits.Partitions))
        {
            foreach (var columns in Chunk.Each(y.Shape[1], Most)) fold(y[rows, columns], x[rows, .., columns]);
        }
    }
}
