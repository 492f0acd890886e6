using TrnEmu.Core.Numerics;
using TrnEmu.Core.Numerics.Kernels;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Numerics;

/// <summary>
/// Products of packed elements with scales: each way of computing them against sums of whole numbers, which round once
/// by definition.
/// </summary>
public sealed class MatmulScaledTests
{
    private static readonly DType[] Packed = [DType.Fp8E4M3FnX4, DType.Fp8E5M2X4, DType.Fp4E2M1X4];

    private delegate void Product(
        in Tile psum, in MatmulInputs inputs, bool accumulate, ReadOnlySpan<ulong> mask, MatmulWorkspace workspace,
        int threads);

    [Fact]
    public void Vector512_kernel_is_exact() => Judge(MatmulPaths.Run<KernelVector512>, spread: 90);

    [Fact]
    public void Vector256_kernel_is_exact() => Judge(MatmulPaths.Run<KernelVector256>, spread: 90);

    [Fact]
    public void Scalar_kernel_is_exact() => Judge(MatmulPaths.Run<KernelScalar>, spread: 90);

    [Fact]
    public void The_way_beyond_fp32_is_exact() => Judge(MatmulPaths.RunBeyondFp32, spread: 90);

    [Fact]
    public void The_way_is_chosen_by_the_scales() => Judge(Best, spread: 127);

    [Fact]
    public void All_512_terms_and_whole_panels_are_exact() =>
        Case(Best, new Random(4), 128, 6, 130, DType.Fp8E4M3FnX4, DType.Fp4E2M1X4, spread: 20);

    /// <summary>
    /// Each of the 16-bit patterns of fp4, or each 8-bit pattern of a number in each place: 128 rows pick one place of one
    /// of 32 partitions.
    /// </summary>
    [Theory]
    [InlineData(DType.Fp8E4M3FnX4, 0x38u, 8)]
    [InlineData(DType.Fp8E5M2X4, 0x3cu, 8)]
    [InlineData(DType.Fp4E2M1X4, 0x2u, 2048)]
    public void Every_pattern_of_every_place_has_its_value(DType dtype, uint one, int columns)
    {
        var (random, part) = (new Random(1), 8 * dtype.Size() / 4);
        using var pick = new Grid(random, 32, 128, dtype, plain: true);
        using var all = new Grid(random, 32, columns, dtype, plain: true);
        using var pickScale = new Grid(random, 4, 128, DType.E8M0, plain: true);
        using var allScale = new Grid(random, 4, columns, DType.E8M0, plain: true);
        using var c = new Grid(random, 128, columns, DType.Fp32, plain: true);
        using var workspace = new MatmulWorkspace();
        for (var p = 0; p < 32; p++)
        {
            for (var i = 0; i < 128; i++) pick[p, i] = i / 4 == p ? one << part * (i % 4) : 0;
            for (var j = 0; j < columns; j++) all[p, j] = Pattern(dtype, (uint)(p * columns + j));
        }

        for (var g = 0; g < 4; g++)
        {
            for (var i = 0; i < 128; i++) pickScale[g, i] = 127;
            for (var j = 0; j < columns; j++) allScale[g, j] = 127;
        }

        Matmul.Accumulate(c.Tile, new MatmulInputs(pick.Tile, all.Tile, pickScale.Tile, allScale.Tile), accumulate: false, workspace);
        for (var i = 0; i < 128; i++)
        {
            for (var j = 0; j < columns; j++)
                Assert.Equal(Value(all, allScale, i, j).Element, BitConverter.UInt32BitsToSingle(c[i, j]));
        }
    }

    /// <summary>Pattern i of fp4; of fp8 i, i + 1, i + 2 and i + 3 without those of Inf and NaN.</summary>
    private static uint Pattern(DType dtype, uint i)
    {
        if (dtype == DType.Fp4E2M1X4) return i;
        var largest = dtype == DType.Fp8E4M3FnX4 ? 0x7eu : 0x7bu;
        uint Number(uint bits) => (bits & 0x80) | Math.Min(bits & 0x7f, largest);
        return Number(i) | Number(i + 1) << 8 | Number(i + 2) << 16 | Number(i + 3) << 24;
    }

    [Theory]
    [InlineData(DType.Fp8E4M3FnX4, 0x7e, 246)]
    [InlineData(DType.Fp8E5M2X4, 0x7b, 239)]
    [InlineData(DType.Fp4E2M1X4, 0x7, 252)]
    public void The_largest_element_may_have_any_scale(DType dtype, int largest, int lastInFp32)
    {
        for (var scale = lastInFp32 - 1; scale <= Math.Min(lastInFp32 + 2, 254); scale++)
        {
            OneTerm(dtype, (uint)largest, (uint)scale, isLeft: true);
            OneTerm(dtype, (uint)largest, (uint)scale, isLeft: false);
        }
    }

    /// <summary>One factor is large, the other has the smallest scale; all other terms are 0.</summary>
    private static void OneTerm(DType dtype, uint bits, uint scale, bool isLeft)
    {
        var random = new Random(1);
        Grid[] grids =
        [
            new(random, 32, 1, dtype, true), new(random, 32, 1, dtype, true), new(random, 4, 1, DType.E8M0, true),
            new(random, 4, 1, DType.E8M0, true), new(random, 1, 1, DType.Fp32, true),
        ];
        var (a, b, aScale, bScale, c) = (grids[0], grids[1], grids[2], grids[3], grids[4]);
        for (var p = 0; p < 32; p++) a[p, 0] = b[p, 0] = p == 0 ? bits : 0;
        for (var g = 0; g < 4; g++) (aScale[g, 0], bScale[g, 0]) = isLeft ? (scale, 0u) : (0u, scale);
        using var workspace = new MatmulWorkspace();
        var inputs = new MatmulInputs(a.Tile, b.Tile, aScale.Tile, bScale.Tile);
        Matmul.Accumulate(c.Tile, inputs, accumulate: false, workspace);
        var expected = ExactTerm.Add(Value(a, aScale, 0, 0), Value(b, bScale, 0, 0), 0);
        Assert.Equal(BitConverter.SingleToUInt32Bits(expected), c[0, 0]);
        foreach (var grid in grids) grid.Dispose();
    }

    private static void Best(
        in Tile psum, in MatmulInputs inputs, bool accumulate, ReadOnlySpan<ulong> mask, MatmulWorkspace workspace,
        int threads) => Matmul.Accumulate(psum, inputs, accumulate, workspace, threads);

    private static void Judge(Product product, int spread)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            Case(product, random, 32 * random.Next(1, 3), random.Next(1, 14), random.Next(1, 70),
                Packed[random.Next(3)], Packed[random.Next(3)], spread);
        }
    }

    private static void Case(
        Product product, Random random, int k, int m, int n, DType left, DType right, int spread)
    {
        var isPlain = random.Next(2) == 0;
        using var a = new Grid(random, k, m, left, isPlain);
        using var b = new Grid(random, k, n, right, isPlain);
        using var aScale = new Grid(random, k - 28, m, DType.E8M0, isPlain);
        using var bScale = new Grid(random, k - 28, n, DType.E8M0, isPlain);
        using var c = new Grid(random, m, n, DType.Fp32, isPlain);
        using var workspace = new MatmulWorkspace();
        var isStrange = random.Next(3) == 0;
        Fill(random, a, isStrange);
        Fill(random, b, isStrange);
        var (middle, width) = (random.Next(-spread, spread + 1), random.Next(12));
        Scale(random, aScale, middle, width, isStrange);
        Scale(random, bScale, Math.Clamp(-middle, -spread, spread), width, isStrange);
        var inputs = new MatmulInputs(a.Tile, b.Tile, aScale.Tile, bScale.Tile);
        product(c.Tile, inputs, accumulate: false, [], workspace, threads: random.Next(1, 3));
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var expected = 0f;
                for (var t = 0; t < 4 * k; t++)
                    expected = ExactTerm.Add(Value(a, aScale, t, i), Value(b, bScale, t, j), expected);
                var bits = float.IsNaN(expected) ? 0x7fc00000 : BitConverter.SingleToUInt32Bits(expected);
                Assert.True(
                    bits == c[i, j], $"K {k} M {m} N {n} {left} {right}: [{i},{j}] is {c[i, j]:x8}, not {bits:x8}");
            }
        }
    }

    /// <summary>Term t of a column: part t % 4 of the element in partition t / 4, and its scale's exponent.</summary>
    private static (double Element, int Exponent, bool IsNaN) Value(Grid elements, Grid scales, int t, int column)
    {
        var (partition, part) = Math.DivRem(t, 4);
        var bits = elements[partition, column];
        var scale = scales[partition / 32 * 32 + partition % 32 / 8, column];
        double element = elements.DType switch
        {
            DType.Fp8E4M3FnX4 => Numbers.Decode(DType.Fp8E4M3Fn, bits >> 8 * part & 0xff),
            DType.Fp8E5M2X4 => Numbers.Decode(DType.Fp8E5M2, bits >> 8 * part & 0xff),
            _ => Fp4(bits >> 4 * part & 15),
        };
        return (element, (int)scale - 127, scale == 255);
    }

    private static double Fp4(uint bits) => ((double[])[0, 0.5, 1, 1.5, 2, 3, 4, 6])[bits & 7] * (bits > 7 ? -1 : 1);

    private static void Fill(Random random, Grid grid, bool isStrange)
    {
        for (var i = 0; i < grid.Rows; i++)
        {
            for (var j = 0; j < grid.Columns; j++)
            {
                // Exponents stay below the one of Inf and NaN unless the case is strange.
                var bits = (uint)random.NextInt64(1L << 8 * grid.DType.Size());
                grid[i, j] = isStrange || grid.DType == DType.Fp4E2M1X4 ? bits : bits & 0xbfbfbfbf;
            }
        }
    }

    private static void Scale(Random random, Grid grid, int middle, int width, bool isStrange)
    {
        for (var i = 0; i < grid.Rows; i++)
        {
            for (var j = 0; j < grid.Columns; j++)
            {
                grid[i, j] = isStrange && random.Next(60) == 0 ? 255u
                    : (uint)Math.Clamp(127 + middle + random.Next(-width, width + 1), 0, 254);
            }
        }
    }
}
