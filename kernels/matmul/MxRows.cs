namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Up to 512 rows of an operand [K, F] in microscaled form: row 4 p + j is part j of the elements of partition p, and
/// 32 rows that follow one another share a scale in each column.
/// </summary>
/// <param name="Elements">[partitions, F], four parts of e4m3fn each; F is even, partitions a multiple of 32.</param>
/// <param name="Scales">[partitions, F]: rows 0 to 3 of each 32 are used.</param>
internal sealed record MxRows(TensorView Elements, TensorView Scales)
{
    /// <summary>Rows of a full step.</summary>
    public const int Height = Parts * Limits.Partitions;

    /// <summary>Rows that share a scale.</summary>
    private const int Group = 32;

    private const int Parts = 4;
    private const int Quadrant = 32;

    /// <summary>
    /// Brings the rows of an HBM view, four to a partition and side by side, turns each four into neighbours, and
    /// quantises. Rows and a column that fill up are zeros, which change neither a scale nor a sum.
    /// </summary>
    public static MxRows Load(KernelBuilder k, string name, TensorView rows)
    {
        var (count, width) = (rows.Shape[0], rows.Shape[1]);
        var (full, rest) = Math.DivRem(count, Parts);
        var partitions = (count + Parts * Quadrant - 1) / (Parts * Quadrant) * Quadrant;
        var columns = width + width % 2;
        var loaded = k.Sbuf(name, rows.DType, [partitions, Parts, columns]);
        if (full < partitions || columns > width) k.Issue(new Memset(loaded, 0));
        if (full > 0)
        {
            var fours = rows[..(Parts * full)].Reshape([full, Parts, width]);
            k.Issue(new DmaCopy(loaded[..full, .., ..width], fours));
        }

        if (rest > 0)
        {
            var last = rows[(Parts * full)..].Reshape([1, rest, width]);
            k.Issue(new DmaCopy(loaded[full..(full + 1), ..rest, ..width], last));
        }

        var turned = k.Sbuf(name, rows.DType, [partitions, columns, Parts]);
        k.Issue(new TensorCopy(turned, loaded.Permute([0, 2, 1])));
        var elements = k.Sbuf(name, DType.Fp8E4M3FnX4, [partitions, columns]);
        var scales = k.Sbuf(name, DType.E8M0, [partitions, columns]);
        k.Issue(new QuantizeMx(elements, turned.Reshape([partitions, columns * Parts]), scales));
        return new MxRows(elements, scales);
    }

    /// <summary>What <see cref="Load"/> makes of an operand, by groups, in fp64.</summary>
    public static double[] Quantised(double[] x, int width)
    {
        const int EMax = 8;
        var result = new double[x.Length];
        for (var top = 0; top < x.Length; top += Group * width)
        {
            for (var column = top; column < top + width; column++)
            {
                var end = Math.Min(top + Group * width, x.Length);
                double amax = 0;
                for (var i = column; i < end; i += width) amax = Math.Max(amax, Math.Abs(x[i]));
                if (amax == 0) continue;
                var scale = Math.ScaleB(1, Math.Max(Math.ILogB(amax) - (EMax - 1), -127));
                for (var i = column; i < end; i += width) result[i] = Rounded(x[i] / scale) * scale;
            }
        }

        return result;
    }

    /// <summary>To e4m3fn: 3 fraction bits, the smallest normal number 2^-6.</summary>
    private static double Rounded(double x)
    {
        if (x == 0) return 0;
        var unit = Math.ScaleB(1, Math.Max(Math.ILogB(x), -6) - 3);
        return Math.Round(x / unit) * unit;
    }
}
