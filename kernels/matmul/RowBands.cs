using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Both operands and the result lie in SBUF; the sums of a band of 128 rows of y take half of PSUM. Vector zeroes a
/// buffer of sums, the Tensor engine adds all products of the band to it, Vector takes it out in one piece. With a
/// second buffer a band is taken out while the next one is made.
/// </summary>
internal static class RowBands
{
    /// <summary>fp32 columns of half of PSUM.</summary>
    private const int MaxColumns = 2048;

    public static IReadOnlyList<Dimension> Dimensions { get; } =
    [
        .. MatmulProblem.Dimensions.Select(d => d.Name == "N" ? d with { Maximum = MaxColumns } : d),
    ];

    /// <summary>Records it with one or two buffers of sums.</summary>
    public static void Build(KernelBuilder k, Sizes sizes, DType dtype, int buffers)
    {
        var p = new MatmulProblem(k, sizes, dtype);
        var left = Load(k, "left", p.LhsT);
        var right = Load(k, "right", p.Rhs);
        Chunk[] bands = [.. p.Rows];
        var result = k.Sbuf("result", dtype, [Math.Min(p.M, TileM), bands.Length, p.N]);
        TensorView[] sums = [.. Enumerable.Range(0, buffers).Select(_ => k.Psum("sums", DType.Fp32, [TileM, p.N]))];
        for (var i = 0; i < bands.Length; i++)
        {
            Multiply(k, p, left, right, sums[i % buffers], bands[i]);
            if (buffers == 1) TakeOut(i);
            else if (i > 0) TakeOut(i - 1);
        }

        if (buffers > 1) TakeOut(bands.Length - 1);
        foreach (var m in bands) k.Issue(new DmaCopy(p.Y[m], result[..m.Length, m.Index]));

        void TakeOut(int i)
        {
            var rows = bands[i].Length;
            k.Issue(new TensorCopy(result[..rows, i], sums[i % buffers][..rows]), Engine.Vector);
        }
    }

    /// <summary>An operand [K, F] in one tensor [128, slots, F], a transfer for each slot.</summary>
    private static TensorView Load(KernelBuilder k, string name, TensorView rows)
    {
        Chunk[] slots = [.. Chunk.Each(rows.Shape[0], TileK)];
        var resident = k.Sbuf(name, rows.DType, [Math.Min(rows.Shape[0], TileK), slots.Length, rows.Shape[1]]);
        foreach (var t in slots) k.Issue(new DmaCopy(resident[..t.Length, t.Index], rows[t]));
        return resident;
    }

    private static void Multiply(
        KernelBuilder k, MatmulProblem p, TensorView left, TensorView right, TensorView sums, Chunk m)
    {
        k.Issue(new Memset(sums[..m.Length], 0), Engine.Vector);
        foreach (var n in p.Columns)
        {
            foreach (var t in p.Terms)
            {
                var product = new NcMatmul(
                    sums[..m.Length, n], left.Step(t, m), right.Step(t, n), Accumulate: t.Index > 0);
                k.Issue(product);
            }
        }
    }
}
