using FsCheck.Fluent;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Numerics.Accelerated;
using TrnEmu.Core.Numerics.Kernels;
using TrnEmu.Tests.Support;
using Xunit;

namespace TrnEmu.Tests.Numerics.Accelerated;

/// <summary>Products by bf16 dot products against the same by fma: every bit, whatever the values.</summary>
public sealed class AcceleratedMatmulTests
{
    private static readonly DType[] Held = [.. DTypes.All.Where(PairRows.Holds)];
    private static readonly DType[] Sums = [DType.Fp32, DType.Fp32, DType.Bf16, DType.Fp16];

    [Fact]
    public void Dot_products_have_the_bits_of_fma()
    {
        Skip();
        Property.ForAll(Gen.Choose(0, int.MaxValue), seed => Judge(new Random(seed)), cases: 300);
    }

    [Fact]
    public void Full_tiles_have_the_bits_of_fma()
    {
        Skip();
        foreach (var dtype in Held) Judge(new Random(3), 128, 128, 512, (dtype, dtype, DType.Fp32), 1, 2, plain: true);
        Judge(new Random(4), 128, 60, 130, (DType.Fp8E4M3, DType.Bf16, DType.Fp32), layers: 2, threads: 1, plain: true);
    }

    /// <summary>The smallest exponents add up to 142 or 141; below, a sum of two terms is denormal.</summary>
    [Theory]
    [InlineData(71, 71, false)]
    [InlineData(71, 70, true)]
    [InlineData(0, 200, true)]
    [InlineData(200, 0, true)]
    public void A_panel_that_may_meet_a_denormal_is_left_to_fma(int a, int b, bool isLeft)
    {
        Skip();
        var random = new Random(1);
        using var stationary = new Grid(random, 2, 6, DType.Bf16, plain: true);
        using var moving = new Grid(random, 2, 64, DType.Bf16, plain: true);
        using var psum = new Grid(random, 6, 64, DType.Fp32, plain: true);
        using var workspace = new MatmulWorkspace();
        for (var i = 0; i < 12; i++) stationary[i / 6, i % 6] = (uint)(a << 7 | 1 | i / 6 << 15);
        for (var i = 0; i < 128; i++) moving[i / 64, i % 64] = (uint)(b << 7 | 1 + i / 64);
        var inputs = new MatmulInputs(stationary.Tile, moving.Tile);
        MatmulPaths.RunPairs(psum.Tile, inputs, accumulate: false, [], workspace, threads: 1);
        Assert.Equal(isLeft, workspace.Job.AnyLeft);
        var dot = psum.All;
        MatmulPaths.Run<KernelScalar>(psum.Tile, inputs, accumulate: false, [], workspace, threads: 1);
        Assert.Equal(psum.All, dot);
    }

    [Fact]
    public void A_product_goes_the_way_that_its_dtypes_and_the_switch_allow()
    {
        Skip();
        var before = MatmulAccelerator.IsEnabled;
        foreach (var isEnabled in new[] { false, true })
        {
            MatmulAccelerator.IsEnabled = isEnabled;
            foreach (var dtype in DTypes.All.Where(d => d.IsFloat()))
            {
                using var grid = new Grid(new Random(1), 4, 4, dtype, plain: true);
                Assert.Equal(
                    isEnabled && Held.Contains(dtype),
                    MatmulPaths.IsAccelerated(new MatmulInputs(grid.Tile, grid.Tile)));
            }
        }

        MatmulAccelerator.IsEnabled = before;
    }

    private static void Skip() => Assert.SkipUnless(MatmulAccelerator.IsAvailable, "no bf16 dot products here");

    private static void Judge(Random random) => Judge(
        random, random.Next(1, 129), random.Next(1, 129), random.Next(1, 200),
        (Held[random.Next(4)], Held[random.Next(4)], Sums[random.Next(4)]), random.Next(1, 3), random.Next(1, 4),
        plain: random.Next(2) == 0);

    private static void Judge(
        Random random, int k, int m, int n, (DType A, DType B, DType C) dtypes, int layers, int threads, bool plain)
    {
        using var a = new Grid(random, k, layers * m, dtypes.A, plain);
        using var b = new Grid(random, k, layers * n, dtypes.B, plain);
        var place = random.Next();
        using var c = new Grid(new Random(place), m, n, dtypes.C, plain);
        using var d = new Grid(new Random(place), m, n, dtypes.C, plain);
        using var workspace = new MatmulWorkspace();
        Fill(random, a, b);
        var mode = random.Next(3);
        var mask = new ulong[mode == 2 ? m * ((n + 63) / 64) : 0];
        for (var i = 0; i < mask.Length; i++) mask[i] = (ulong)random.NextInt64();
        var inputs = new MatmulInputs(a.Tile, b.Tile, layers);
        MatmulPaths.RunPairs(c.Tile, inputs, mode == 1, mask, workspace, threads);
        MatmulPaths.Run<KernelVector512>(d.Tile, inputs, mode == 1, mask, workspace, threads: 1);
        Assert.True(c.All.AsSpan().SequenceEqual(d.All), $"K {layers} x {k} M {m} N {n} {dtypes} mode {mode}");
    }

    /// <summary>Exponents about two numbers, which may be opposite or extreme, or any bits.</summary>
    private static void Fill(Random random, Grid a, Grid b)
    {
        var (middle, width) = (random.Next(256), random.Next(1, 20));
        var opposite = random.Next(2) == 0 ? 254 - middle : random.Next(8) == 0 ? middle : 142 + width - middle;
        var specials = random.Next(3) == 0 ? random.Next(2, 200) : 0;
        Fill(random, a, middle, width, specials);
        Fill(random, b, opposite, width, specials);
    }

    private static void Fill(Random random, Grid grid, int middle, int width, int specials)
    {
        for (var i = 0; i < grid.Rows; i++)
        {
            for (var j = 0; j < grid.Columns; j++)
            {
                var bits = (uint)random.Next(1 << 16);
                var exponent = (uint)Math.Clamp(middle + random.Next(-width, width + 1), 0, 254);
                grid[i, j] = grid.DType != DType.Bf16 || (specials != 0 && random.Next(specials) == 0)
                    ? bits & (grid.DType == DType.Bf16 ? 0xffffu : 0xffu)
                    : random.Next(20) == 0 ? bits & 0x8000 : (bits & 0x807f) | exponent << 7;
            }
        }
    }
}
