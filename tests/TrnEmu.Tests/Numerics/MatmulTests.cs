using TrnEmu.Core.Numerics;
using TrnEmu.Core.Numerics.Kernels;
using Xunit;

namespace TrnEmu.Tests.Numerics;

/// <summary>Bits of the product against three loops, for each micro-kernel whatever the host's registers are.</summary>
public sealed class MatmulTests
{
    private static readonly DType[] Floats = [.. DTypes.All.Where(d => d.IsFloat())];

    private delegate void Product(
        in Tile psum, in MatmulInputs inputs, bool accumulate, ReadOnlySpan<ulong> mask, MatmulWorkspace workspace,
        int threads);

    [Fact]
    public void Vector512_kernel_keeps_the_order() => Judge(MatmulPaths.Run<KernelVector512>);

    [Fact]
    public void Vector256_kernel_keeps_the_order() => Judge(MatmulPaths.Run<KernelVector256>);

    [Fact]
    public void Scalar_kernel_keeps_the_order() => Judge(MatmulPaths.Run<KernelScalar>);

    [Fact]
    public void Best_kernel_keeps_the_order() => Judge(Best);

    [Fact]
    public void Full_tile_is_exact_in_every_dtype()
    {
        foreach (var dtype in Floats)
            Case(Best, new Random(7), 128, 128, 512, (dtype, dtype, DType.Fp32), plain: true, 1);
    }

    [Fact]
    public void Two_layers_of_128_partitions_are_exact() => Case(
        Best, new Random(6), 128, 20, 70, (DType.Bf16, DType.Fp16, DType.Fp32), plain: true, threads: 1, layers: 2);

    [Fact]
    public void Whole_psum_partition_is_exact_on_two_threads() =>
        Case(Best, new Random(8), 3, 5, Matmul.MaxColumns, (DType.Bf16, DType.Bf16, DType.Bf16), plain: true, 2);

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        var random = new Random(9);
        using var workspace = new MatmulWorkspace();
        using var psum = new Grid(random, 4, 8, DType.Fp32, true);
        using var stationary = new Grid(random, 16, 4, DType.Fp32, true);
        using var moving = new Grid(random, 16, 9, DType.Fp32, true);
        using var integers = new Grid(random, 16, 8, DType.Int32, true);
        Assert.Throws<ArgumentException>(
            () => Matmul.Accumulate(psum.Tile, stationary.Tile, moving.Tile, false, workspace));
        Assert.Throws<ArgumentException>(
            () => Matmul.Accumulate(psum.Tile, stationary.Tile, integers.Tile, false, workspace));
        Assert.Throws<ArgumentException>(() => Matmul.Accumulate(
            psum.Tile, new MatmulInputs(stationary.Tile, moving.Tile, layers: 2), false, workspace));
    }

    private static void Best(
        in Tile psum, in MatmulInputs inputs, bool accumulate, ReadOnlySpan<ulong> mask, MatmulWorkspace workspace,
        int threads)
    {
        if (mask.IsEmpty)
            Matmul.Accumulate(psum, inputs, accumulate, workspace, threads);
        else
            Matmul.Accumulate(psum, inputs, mask, workspace, threads);
    }

    private static void Judge(Product product)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var dtypes = (Floats[random.Next(3)], Floats[random.Next(3)], Floats[random.Next(3)]);
            var (k, m, n) = (random.Next(1, 129), random.Next(1, 129), random.Next(1, 200));
            var layers = random.Next(1, 3);
            Case(product, random, (k + 1) / layers, m, n, dtypes, random.Next(2) == 0, random.Next(1, 4), layers);
        }
    }

    private static void Case(
        Product product, Random random, int k, int m, int n, (DType A, DType B, DType C) dtypes, bool plain,
        int threads, int layers = 1)
    {
        using var a = new Grid(random, k, layers * m, dtypes.A, plain);
        using var b = new Grid(random, k, layers * n, dtypes.B, plain);
        using var c = new Grid(random, m, n, dtypes.C, plain);
        using var workspace = new MatmulWorkspace();
        foreach (var grid in new[] { a, b, c }) Fill(random, grid, strange: random.Next(3) == 0);
        foreach (var mode in new[] { 0, 1, 2 })
        {
            var words = (n + 63) / 64;
            var mask = new ulong[mode == 2 ? m * words : 0];
            for (var i = 0; i < mask.Length; i++) mask[i] = (ulong)random.NextInt64();
            bool Adds(int i, int j) => mode == 1 || (mode == 2 && ((mask[i * words + j / 64] >> (j % 64)) & 1) == 1);
            var expected = Oracle(a, b, c, Adds, layers);
            var before = c.All;
            product(c.Tile, new MatmulInputs(a.Tile, b.Tile, layers), mode == 1, mask, workspace, threads);
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    if (expected[i, j] != c[i, j])
                    {
                        Assert.Fail($"K {layers} x {k} M {m} N {n} {dtypes} plain {plain} mode {mode}: psum[{i}, {j}] "
                            + $"is {c[i, j]:x8}, expected {expected[i, j]:x8}");
                    }
                }
            }

            Assert.True(c.LeftGapsAs(before), $"M {m} N {n} {dtypes} mode {mode}: a byte between the elements changed");
        }
    }

    private static uint[,] Oracle(Grid a, Grid b, Grid c, Func<int, int, bool> adds, int layers)
    {
        var result = new uint[c.Rows, c.Columns];
        for (var i = 0; i < c.Rows; i++)
        {
            for (var j = 0; j < c.Columns; j++)
            {
                var s = 0f;
                for (var k = 0; k < a.Rows; k++)
                {
                    for (var layer = 0; layer < layers; layer++)
                    {
                        s = MathF.FusedMultiplyAdd(
                            a.Value(k, layer * c.Rows + i), b.Value(k, layer * c.Columns + j), s);
                    }
                }

                if (adds(i, j)) s = c.Value(i, j) + s;
                result[i, j] = Numerics.Oracle.Bits(c.DType, s);
            }
        }

        return result;
    }

    private static void Fill(Random random, Grid grid, bool strange)
    {
        for (var i = 0; i < grid.Rows; i++)
        {
            for (var j = 0; j < grid.Columns; j++)
                grid[i, j] = Element(random, grid.DType, strange && random.Next(40) == 0);
        }
    }

    /// <summary>
    /// Mostly values of ordinary size; strange ones are any bits, so NaN, infinities and subnormals among them.
    /// </summary>
    private static uint Element(Random random, DType dtype, bool strange)
    {
        if (strange)
        {
            uint[] special = dtype switch
            {
                DType.Fp32 => [0x7f800000, 0xff800000, 0x7fc01234, 0xff812345, 1, 0x80000000, 0x007fffff, 0x7f7fffff],
                DType.Bf16 => [0x7f80, 0xff80, 0x7fc1, 0xff81, 1, 0x8000, 0x7f, 0x7f7f],
                DType.Fp16 => [0x7c00, 0xfc00, 0x7e01, 0xfc01, 1, 0x8000, 0x3ff, 0x7bff],
                DType.Tf32 => [0x7f800000, 0xff800000, 0x7fc02000, 0xff812345, 0x2000, 0x80000000, 0x007fe000, 0x7f7fe000],
                _ => [0x78, 0xfc, 0x7f, 0xff, 1, 0x80, 7, 0x77],
            };
            return random.Next(2) == 0 ? special[random.Next(8)] : (uint)random.NextInt64(1L << (8 * dtype.Size()));
        }

        return Numerics.Oracle.Bits(dtype, (float)(random.NextDouble() * 4 - 2));
    }
}
