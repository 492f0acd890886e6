namespace TrnEmu.Python;

/// <summary>
/// Divides a view of HBM into the rows that the other side of a DMA has: elements keep their order, and both sides have
/// equal partitions, as a kernel that names them has.
/// </summary>
internal static class HbmRows
{
    /// <summary>
    /// Makes the first dimension as long as <paramref name="rows"/> where the outer dimensions can be joined or divided to
    /// that; else leaves all as it is.
    /// </summary>
    /// <returns>Number of dimensions then; the arrays have room for one more.</returns>
    public static int Divide(int[] counts, long[] strides, int rank, int rows)
    {
        var (joined, step, used) = (1, 0L, 0);
        while (used < rank && joined < rows)
        {
            var count = counts[used];
            var left = rows / joined;
            var take = count <= left ? count : left;
            if (take == 0 || left % take != 0 || count % take != 0 || rows % joined != 0) return rank;
            var outer = strides[used] * (count / take);
            if (count > 1 && joined > 1 && step != outer * take) return rank;
            if (count > 1) step = outer;
            joined *= take;
            if (take < count) return joined == rows ? Split(counts, strides, rank, used, rows, step, count / take) : rank;
            used++;
        }

        if (joined != rows) return rank;
        if (rows == 1) step = (long)counts[0] * strides[0];
        return Join(counts, strides, rank, used, rows, step);
    }

    /// <summary>Dimension <paramref name="used"/> is divided: its inner part stays behind the rows.</summary>
    private static int Split(int[] counts, long[] strides, int rank, int used, int rows, long step, int inner)
    {
        if (used == 0)
        {
            Array.Copy(counts, 1, counts, 2, rank - 1);
            Array.Copy(strides, 1, strides, 2, rank - 1);
            (counts[1], strides[1]) = (inner, strides[0]);
            (counts[0], strides[0]) = (rows, step);
            return rank + 1;
        }

        counts[used] = inner;
        return Join(counts, strides, rank, used, rows, step);
    }

    /// <summary>The first dimensions become the rows.</summary>
    private static int Join(int[] counts, long[] strides, int rank, int used, int rows, long step)
    {
        var kept = rank - used;
        if (used == 0)
        {
            Array.Copy(counts, 0, counts, 1, rank);
            Array.Copy(strides, 0, strides, 1, rank);
        }
        else
        {
            Array.Copy(counts, used, counts, 1, kept);
            Array.Copy(strides, used, strides, 1, kept);
        }

        (counts[0], strides[0]) = (rows, step);
        return kept + 1;
    }
}
