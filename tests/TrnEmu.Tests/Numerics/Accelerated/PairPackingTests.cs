using FsCheck.Fluent;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Numerics.Accelerated;
using TrnEmu.Tests.Support;
using Xunit;

namespace TrnEmu.Tests.Numerics.Accelerated;

/// <summary>Operands as bf16 pairs, by shape and dtype, against the elements one by one.</summary>
public sealed class PairPackingTests
{
    private const uint Padding = 0xdeadbeef;
    private static readonly DType[] Held = [.. DTypes.All.Where(PairRows.Holds)];

    [Fact]
    public void Bf16_and_every_fp8_are_held() =>
        Assert.Equal([DType.Bf16, DType.Fp8E4M3, DType.Fp8E4M3Fn, DType.Fp8E5M2], Held);

    [Fact]
    public void Every_fp8_code_is_its_bf16()
    {
        Assert.SkipUnless(MatmulAccelerator.IsAvailable, "no bf16 dot products here");
        foreach (var dtype in Held.Where(d => d.Size() == 1))
        {
            using var grid = new Grid(new Random(1), 8, 64, dtype, plain: true);
            for (var i = 0; i < 512; i++) grid[i / 64, i % 64] = (uint)(i < 256 ? i : 511 - i);
            Agrees(grid, layers: 1, first: 0, count: 64);
        }
    }

    [Fact]
    public void Any_columns_of_any_pattern_are_packed()
    {
        Assert.SkipUnless(MatmulAccelerator.IsAvailable, "no bf16 dot products here");
        Property.ForAll(Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new Random(seed);
            var layers = random.Next(1, 3);
            var columns = random.Next(1, 150);
            using var grid = new Grid(
                random, random.Next(1, 40), layers * columns, Held[random.Next(Held.Length)], random.Next(2) == 0);
            var start = random.Next(columns);
            var count = random.Next(2) == 0 ? columns - start : random.Next(1, columns - start + 1);
            Agrees(grid, layers, start, Math.Min(count, PairRows.Width));
        });
    }

    private static void Agrees(Grid grid, int layers, int first, int count)
    {
        const int Stride = 70;
        var inputs = new MatmulInputs(grid.Tile, grid.Tile, layers);
        var pairs = (inputs.Depth + 1) / 2;
        var packed = new uint[pairs * Stride];
        Array.Fill(packed, Padding);
        var least = PairRows.Pack(inputs, grid.Tile, first, count, packed, Stride);
        var smallest = ExactRange.NoElements;
        for (var i = 0; i < pairs * Stride; i++)
        {
            var (pair, column) = (i / Stride, i % Stride);
            var high = column < count ? Bits(grid, inputs, 2 * pair, first + column) : 0;
            var low = column < count ? Bits(grid, inputs, 2 * pair + 1, first + column) : 0;
            Assert.Equal(column < PairRows.Width ? high << 16 | low : Padding, packed[i]);
            foreach (var bits in new[] { high & 0x7fff, low & 0x7fff })
                smallest = bits == 0 ? smallest : Math.Min(smallest, (int)(bits >> 7));
        }

        Assert.Equal(grid.DType switch { DType.Bf16 => smallest, DType.Fp8E5M2 => 111, _ => 118 }, least);
        Assert.True(smallest >= least);
    }

    /// <summary>bf16 of a term of a column.</summary>
    private static uint Bits(Grid grid, in MatmulInputs inputs, int term, int column)
    {
        if (term >= inputs.Depth) return 0;
        var (row, layer) = Math.DivRem(term, inputs.Layers);
        var element = grid[row, layer * inputs.Columns + column];
        if (grid.DType == DType.Bf16) return element;
        var value = new float[1];
        Conversions.Widen(grid.DType, [(byte)element], value);
        var bits = BitConverter.SingleToUInt32Bits(value[0]);
        Assert.Equal(0u, bits & 0xffff);
        return bits >> 16;
    }
}
