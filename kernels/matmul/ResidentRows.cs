namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Rows of an operand [K, F] as they lie in SBUF: row 128 j + p in partition p, slot j, so that 128 rows at a time
/// enter the array. One DMA brings all full slots, another the rest.
/// </summary>
internal static class ResidentRows
{
    private const int Height = MatmulProblem.TileK;

    /// <summary>A new tensor [128, slots, F] with the rows of an HBM view, converted if a dtype is given.</summary>
    public static TensorView Load(KernelBuilder k, string name, TensorView rows, DType? dtype = null)
    {
        var (count, width) = (rows.Shape[0], rows.Shape[1]);
        int[] shape = [Math.Min(count, Height), (count + Height - 1) / Height, width];
        var resident = k.Sbuf(name, dtype ?? rows.DType, shape);
        Load(k, resident, rows);
        return resident;
    }

    /// <summary>Brings the rows of an HBM view into a buffer [128, slots, F].</summary>
    public static void Load(KernelBuilder k, TensorView resident, TensorView rows)
    {
        var (full, rest) = Math.DivRem(rows.Shape[0], Height);
        var split = full * Height;
        if (full > 0)
        {
            var slots = rows[..split].Reshape([full, Height, rows.Shape[1]]).Permute([1, 0, 2]);
            k.Issue(new DmaCopy(resident[.., ..full], slots));
        }

        if (rest > 0) k.Issue(new DmaCopy(resident[..rest, full], rows[split..]));
    }

    /// <summary>The rows of one step of the contraction, some of their columns: [rows, columns].</summary>
    public static TensorView Step(this TensorView resident, Chunk rows, Chunk columns) => resident.Step(rows)[.., columns];

    /// <summary>The rows of one step of the contraction: [rows, F].</summary>
    public static TensorView Step(this TensorView resident, Chunk rows) => resident[..rows.Length, rows.Index];
}
