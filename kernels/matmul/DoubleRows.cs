namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Up to 256 rows of an fp8 operand [K, F] as they enter the array in pairs: the first half of them in slot 0 of each
/// partition, the second half in slot 1. Which rows make a pair does not matter, as long as both operands pair alike.
/// </summary>
internal static class DoubleRows
{
    /// <summary>Rows of a full step.</summary>
    public const int Height = 2 * Limits.Partitions;

    /// <summary>A new tensor [rows / 2, 2, F] with the rows of an HBM view; an odd one is paired with zeros.</summary>
    public static TensorView Load(KernelBuilder k, string name, TensorView rows)
    {
        var (count, width) = (rows.Shape[0], rows.Shape[1]);
        var half = (count + 1) / 2;
        var pairs = k.Sbuf(name, rows.DType, [half, 2, width]);
        if (count % 2 == 0)
        {
            k.Issue(new DmaCopy(pairs, rows.Reshape([2, half, width]).Permute([1, 0, 2])));
            return pairs;
        }

        k.Issue(new Memset(pairs[.., 1], 0));
        k.Issue(new DmaCopy(pairs[.., 0], rows[..half]));
        if (count > 1) k.Issue(new DmaCopy(pairs[..(half - 1), 1], rows[half..]));
        return pairs;
    }
}
