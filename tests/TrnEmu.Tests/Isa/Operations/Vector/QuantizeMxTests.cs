using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class QuantizeMxTests
{
    private readonly Scene _scene = new();

    // 300 is 1.17 * 2^8. e4m3fn: over 2, elements to 150, rounded to 144; e5m2: times 64, 19200 to 20480.
    [Theory]
    [InlineData(DType.Fp8E4M3FnX4, false, 128, 0x71_3c_38_30u)]
    [InlineData(DType.Fp8E5M2X4, false, 121, 0x75_5a_58_54u)]
    [InlineData(DType.Fp8E4M3FnX4, true, 127, 0x79_44_40_38u)]
    [InlineData(DType.Fp8E5M2X4, true, 120, 0x79_5e_5c_58u)]
    public void Scales_bring_the_largest_below_the_top_binade(DType dst, bool isOcp, uint scale, uint element) =>
        Assert.Equal((scale, element), Quantize(dst, isOcp, 1, 2, 3, 300));

    [Theory]
    [InlineData(DType.Fp8E4M3FnX4, 0x7eu)]
    [InlineData(DType.Fp8E5M2X4, 0x7bu)]
    public void Ocp_saturates(DType dst, uint largest)
    {
        // 510 is just below 2^9: in the top binade, but beyond the largest number.
        Assert.Equal(largest | (largest | 0x80) << 8, Quantize(dst, true, 510, -510, 0, 0).Element);
    }

    [Theory]
    [InlineData(DType.Fp8E4M3FnX4)]
    [InlineData(DType.Fp8E5M2X4)]
    public void Zeros_have_the_smallest_scale(DType dst) =>
        Assert.Equal((0u, 0x80_00_00_00u), Quantize(dst, false, 0, 0, 0, -0f));

    [Fact]
    public void Scales_are_held_at_the_smallest()
    {
        // 2^-126 over 2^-127; the formula would have 2^-133.
        Assert.Equal((0u, 0x40u), Quantize(DType.Fp8E4M3FnX4, false, 1.17549435e-38f, 0, 0, 0));
    }

    [Theory]
    [InlineData(DType.Fp8E4M3FnX4, float.NaN, 255, 0x7f7f7f7fu)]
    [InlineData(DType.Fp8E5M2X4, float.NaN, 255, 0x7f7f7f7fu)]
    [InlineData(DType.Fp8E4M3FnX4, float.PositiveInfinity, 254, 0x7fu)]
    [InlineData(DType.Fp8E5M2X4, float.NegativeInfinity, 254, 0xfcu)]
    public void Special_values_follow_the_formula(DType dst, float value, uint scale, uint element) =>
        Assert.Equal((scale, element), Quantize(dst, false, value, 1, 2, 3));

    [Theory]
    [InlineData(64, 8, null)]
    [InlineData(48, 8, "TRN2120")]
    [InlineData(64, 6, "TRN2008")]
    public void Groups_are_whole(int partitions, int free, string? code)
    {
        var codes = _scene.Codes(Make(partitions, free) with { DstScale = _scene.Sbuf(DType.E8M0, 64, free / 4) }, 4);
        if (code is null) Assert.Empty(codes);
        else Assert.Contains(code, codes);
    }

    [Fact]
    public void Results_lie_apart_from_data()
    {
        var both = _scene.Sbuf(DType.Bf16, 32, 12);
        var src = Scene.Free(both, 8);
        var dst = Scene.Free(both with { DType = DType.Fp8E4M3FnX4 }, 2);
        var quantize = Make(32, 8) with { Src = src };
        Assert.Equal(["TRN2206"], _scene.Codes(quantize with { Dst = dst }, 4)[..1]);
        Assert.Empty(_scene.Codes(quantize with { Dst = dst with { Offset = 16 } }, 4));
    }

    [Fact]
    public void Scales_are_placed_as_the_product_wants_them()
    {
        var quantize = Make(64, 8);
        Assert.Equal(["TRN2118"], _scene.Codes(quantize with { DstScale = _scene.Sbuf(DType.E8M0, 35, 2) }, 4));
        Assert.Equal(["TRN2118"], _scene.Codes(quantize with { DstScale = _scene.Sbuf(DType.E8M0, 64, 3) }, 4));
        var scale = quantize.DstScale with { StartPartition = 3, Partitions = 40 };
        Assert.Equal(["TRN2119"], _scene.Codes(quantize with { DstScale = scale }, 4));
        Assert.Empty(_scene.Codes(quantize with { DstScale = scale with { StartPartition = 12 } }, 4));
    }

    [Fact]
    public void Writes_four_rows_of_scales_in_each_quadrant()
    {
        var quantize = Make(64, 8);
        var effects = _scene.Effects(quantize).Memory.ToArray();
        Assert.Equal(
            [(0, 4, AccessKind.Write), (32, 4, AccessKind.Write)],
            effects[2..].Select(e => (e.Pattern.StartPartition, e.Pattern.Partitions, e.Kind)));
    }

    [Fact]
    public void Costs_by_the_elements_it_reads()
    {
        var instruction = Assert.Single(_scene.Expand(Make(64, 80), 4).Instructions.ToArray());
        Assert.Equal((CostClass.QuantizeMx, 80), (instruction.Class, instruction.Items));
    }

    /// <summary>Four elements of partition 0, the other seven partitions of their group 0: scale and result.</summary>
    private static (uint Scale, uint Element) Quantize(DType dtype, bool isOcp, params float[] four)
    {
        using var src = new Grid(new Random(1), 32, 8, DType.Bf16, plain: false);
        using var dst = new Grid(new Random(2), 32, 2, dtype, plain: false);
        using var scale = new Grid(new Random(3), 4, 2, DType.E8M0, plain: false);
        for (var p = 0; p < 32; p++)
            for (var i = 0; i < 8; i++) src[p, i] = 0;
        for (var i = 0; i < 4; i++) src[8, i + 4] = BitConverter.SingleToUInt32Bits(four[i]) >> 16;
        MxQuantization.Quantize(dst.Tile, scale.Tile, src.Tile, isOcp);
        return (scale[1, 1], dst[8, 1]);
    }

    private QuantizeMx Make(int p, int f) => new(
        _scene.Sbuf(DType.Fp8E4M3FnX4, p, f / 4), _scene.Sbuf(DType.Bf16, p, f), _scene.Sbuf(DType.E8M0, p, f / 4));
}
