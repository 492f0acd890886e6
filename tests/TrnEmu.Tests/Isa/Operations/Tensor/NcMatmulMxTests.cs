using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Tensor;

public sealed class NcMatmulMxTests
{
    private const uint One = 0x38;
    private const uint Smallest = 1;
    private const uint Largest = 0x7e;
    private const uint Unit = 127;
    private readonly Scene _scene = new();

    [Fact]
    public void Scales_multiply_the_elements_of_their_groups()
    {
        // 1 * 2 * 1.5 / 8 in each of 32 partitions and 4 places.
        var matmul = Make(32, 2, 1, moving: DType.Fp4E2M1X4);
        var (sum, _) = Run(matmul, b =>
        {
            Fill(b, matmul.Stationary, 0x01010101 * One);
            Fill(b, matmul.Moving, 0x3333);
            Fill(b, matmul.StationaryScale, Unit + 1);
            Fill(b, matmul.MovingScale, Unit - 3);
        });
        Assert.Equal(48, sum);
    }

    [Theory]
    [InlineData(0, 0, 1 << 24)]
    [InlineData(31, 3, (1 << 24) + 96)]
    public void Terms_are_added_by_partition_and_place(int partition, int place, float expected)
    {
        // 2^24 swallows each 1 that comes after it; before it, the 96 of the other three groups add up.
        var matmul = Make(32, 2, 1);
        var (sum, _) = Run(matmul, b =>
        {
            Fill(b, matmul.Moving, 0x01010101 * One);
            Fill(b, matmul.StationaryScale, Unit);
            Fill(b, matmul.MovingScale, Unit);
            for (var p = 0; p < 32; p++)
            {
                var isFar = p / 8 == partition / 8;
                Put(b, matmul.Stationary, p, 0, isFar ? p == partition ? One << 8 * place : 0 : 0x01010101 * One);
            }

            Put(b, matmul.StationaryScale, partition / 8, 0, Unit + 24);
        });
        Assert.Equal(expected, sum);
    }

    [Fact]
    public void Scaled_elements_may_be_beyond_fp32()
    {
        var matmul = Make(32, 2, 1);
        var (sum, other) = Run(matmul, b =>
        {
            Fill(b, matmul.Stationary, Largest);
            Fill(b, matmul.Moving, Smallest);
            Fill(b, matmul.StationaryScale, 254);
            Fill(b, matmul.MovingScale, 0);
            Put(b, matmul.StationaryScale, 0, 1, 0);
        });
        Assert.Equal(32 * 448 / 512f, sum);
        Assert.Equal(24 * 448 / 512f, other);
    }

    [Fact]
    public void A_scale_of_255_is_NaN()
    {
        var matmul = Make(32, 2, 1);
        var (sum, other) = Run(matmul, b =>
        {
            Fill(b, matmul.StationaryScale, Unit);
            Fill(b, matmul.MovingScale, Unit);
            Put(b, matmul.StationaryScale, 3, 1, 255);
        });
        Assert.Equal(0, sum);
        Assert.Equal(0x7fc00000u, BitConverter.SingleToUInt32Bits(other));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(12, true)]
    [InlineData(2, false)]
    [InlineData(16, false)]
    public void Scales_start_in_the_quadrant_of_their_elements(int offset, bool isLegal)
    {
        var scales = _scene.Sbuf(DType.E8M0, 128, 8);
        var rows = scales with { StartPartition = offset, Partitions = 128 - offset };
        string[] expected = isLegal ? [] : ["TRN2119"];
        Assert.Equal(expected, _scene.Codes(Make(128, 8, 8) with { MovingScale = rows }, 4));
        Assert.Equal(expected, _scene.Codes(Make(128, 8, 8) with { StationaryScale = rows }, 4));
    }

    [Fact]
    public void Scales_of_later_quadrants_lie_there()
    {
        var matmul = Make(64, 2, 2);
        Assert.Equal(["TRN2119", "TRN2119"], Placed(matmul, 64, 0));
        Assert.Empty(Placed(matmul, 64, 64));
        Assert.Equal(["TRN2119", "TRN2119"], Placed(matmul, 0, 64));
    }

    [Theory]
    [InlineData(32, 4, true)]
    [InlineData(32, 3, false)]
    [InlineData(96, 68, true)]
    [InlineData(96, 67, false)]
    [InlineData(128, 128, true)]
    public void Scales_reach_the_last_quadrant(int k, int rows, bool isLegal)
    {
        var matmul = Make(k, 2, 8) with { MovingScale = _scene.Sbuf(DType.UInt8, rows, 8) };
        Assert.Equal(isLegal ? [] : ["TRN2118"], _scene.Codes(matmul, 4));
    }

    [Fact]
    public void Each_column_has_its_scales()
    {
        var matmul = Make(32, 2, 8) with { MovingScale = _scene.Sbuf(DType.E8M0, 4, 7) };
        Assert.Equal(["TRN2118"], _scene.Codes(matmul, 4));
    }

    [Fact]
    public void Elements_come_by_quadrants_and_columns_by_pairs()
    {
        Assert.Equal(["TRN2120"], _scene.Codes(Make(48, 2, 8), 4));
        Assert.Equal(["TRN2102"], _scene.Codes(Make(32, 3, 8), 4));
        var deeper = Make(32, 2, 8) with { Moving = _scene.Sbuf(DType.Fp8E5M2X4, 64, 8) };
        Assert.Contains("TRN2101", _scene.Codes(deeper, 4));
    }

    [Theory]
    [InlineData(DType.Fp32, 4096)]
    [InlineData(DType.Bf16, 8192)]
    public void Moving_fills_all_of_psum(DType dst, int limit)
    {
        Assert.Empty(_scene.Codes(Make(32, 2, limit, dst), 4));
        Assert.Contains("TRN2103", _scene.Codes(Make(32, 2, limit + 1, dst), 4));
    }

    [Fact]
    public void Tiles_are_rows_of_the_array()
    {
        var matmul = Make(32, 64, 8) with { TilePosition = (0, 0), TileSize = (32, 128) };
        Assert.Empty(_scene.Codes(matmul, 4));
        Assert.Equal(["TRN2114"], _scene.Codes(matmul with { TileSize = (32, 64) }, 4));
        Assert.Equal(["TRN2115", "TRN2115"], _scene.Codes(matmul with { TilePosition = (96, 0) }, 4));
    }

    [Fact]
    public void Came_with_generation_4() => Assert.Equal(["TRN2001"], _scene.Codes(Make(32, 2, 8)));

    [Fact]
    public void Takes_packed_elements_and_scales_only()
    {
        var matmul = Make(32, 2, 8);
        Assert.Equal(["TRN2004"], _scene.Codes(matmul with { Moving = _scene.Sbuf(DType.Fp8E4M3Fn, 32, 8) }, 4));
        Assert.Equal(["TRN2004"], _scene.Codes(matmul with { MovingScale = _scene.Sbuf(DType.Int8, 4, 8) }, 4));
        Assert.Equal(["TRN2004"], _scene.Codes(matmul with { Dst = _scene.Psum(DType.Fp16, 2, 8) }, 4));
    }

    [Fact]
    public void Reads_four_rows_of_scales_in_each_quadrant()
    {
        var matmul = Make(96, 2, 8);
        var rows = _scene.Effects(matmul).Memory.ToArray().Where(e => e.Pattern.Tensor == matmul.MovingScale.Tensor);
        Assert.Equal([(0, 4), (32, 4), (64, 4)], rows.Select(e => (e.Pattern.StartPartition, e.Pattern.Partitions)));
    }

    [Fact]
    public void Does_four_times_the_work_in_the_time_of_bf16()
    {
        var instructions = _scene.Expand(Make(64, 32, 100), 4).Instructions.ToArray();
        Assert.Equal(
            [(CostClass.LoadStationary, 32, 256), (CostClass.MultiplyMoving, 100, 256)],
            instructions.Select(i => (i.Class, i.Items, i.Rows)));
        Assert.All(instructions, i => Assert.True(i.Traits.HasFlag(InstructionTraits.QuadRow)));
    }

    private string[] Placed(NcMatmulMx matmul, int elements, int scales)
    {
        foreach (var p in (AccessPattern[])[matmul.Stationary, matmul.Moving]) _scene.Place(p, elements, 0);
        foreach (var p in (AccessPattern[])[matmul.StationaryScale, matmul.MovingScale]) _scene.Place(p, scales, 0);
        return _scene.Codes(matmul, 4);
    }

    /// <summary>dst[0, 0] and dst[1, 0].</summary>
    private (float First, float Second) Run(NcMatmulMx matmul, Action<Binding> prepare)
    {
        var sums = new float[2];
        _scene.Run(prepare, b =>
        {
            for (var m = 0; m < sums.Length; m++) sums[m] = BitConverter.ToSingle(At(b, matmul.Dst, m, 0));
        }, 4, matmul);
        return (sums[0], sums[1]);
    }

    private static void Fill(Binding binding, AccessPattern p, uint bits)
    {
        for (var row = 0; row < p.Partitions; row++)
            for (var i = 0; i < p.Free; i++) Put(binding, p, row, i, bits);
    }

    private static void Put(Binding binding, AccessPattern p, int row, int element, uint bits)
    {
        var bytes = At(binding, p, row, element);
        for (var k = 0; k < bytes.Length; k++) bytes[k] = (byte)(bits >> 8 * k);
    }

    private static Span<byte> At(Binding binding, AccessPattern p, int row, int element)
    {
        var (place, size) = (binding[p.Tensor], p.DType.Size());
        return place.Block.Span(place.Offset + row * place.PartitionStride + element * size, size);
    }

    private NcMatmulMx Make(
        int k, int m, int n, DType dst = DType.Fp32, DType moving = DType.Fp8E4M3FnX4)
    {
        var rows = k - 28;
        return new NcMatmulMx(
            _scene.Psum(dst, m, n), _scene.Sbuf(DType.Fp8E4M3FnX4, k, m), _scene.Sbuf(moving, k, n),
            _scene.Sbuf(DType.E8M0, rows, m), _scene.Sbuf(DType.E8M0, rows, n), Accumulate: false);
    }
}
