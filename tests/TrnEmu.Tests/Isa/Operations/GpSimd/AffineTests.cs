using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.GpSimd;

public sealed class AffineTests
{
    private readonly Scene _scene = new();

    public static TheoryData<int[], bool> Nums => new()
    {
        { [24], true },
        { [2, 3, 4], true },
        { [1, 2, 3, 4], true },
        { [1, 1, 2, 3, 4], false },
        { [], false },
        { [23], false },
        { [65536, 65536, 65536, 65536], false },
    };

    [Theory]
    [MemberData(nameof(Nums))]
    public void Pattern_counts_the_elements(int[] nums, bool isLegal)
    {
        var iota = new Iota(_scene.Sbuf(DType.Int32, 8, 24), [.. nums.Select(n => new AffineLevel(1, n))]);
        var select = Select() with { Pattern = iota.Pattern };
        Assert.Equal(isLegal ? [] : ["TRN2301"], _scene.Codes(iota));
        Assert.Equal(isLegal ? [] : ["TRN2301"], _scene.Codes(select));
    }

    [Fact]
    public void Levels_are_not_empty() => Assert.Equal(
        ["TRN2301", "TRN2301"], _scene.Codes(new Iota(_scene.Sbuf(DType.Int32, 8, 24), [new(1, -4), new(1, -6)])));

    [Fact]
    public void Both_work_in_sbuf()
    {
        Assert.Equal(["TRN2003"], _scene.Codes(new Iota(_scene.Psum(DType.Int32, 8, 24), [new(1, 24)])));
        Assert.Equal(["TRN2003"], _scene.Codes(Select() with { Dst = _scene.Psum(DType.Fp32, 8, 24) }));
        Assert.Equal(["TRN2003"], _scene.Codes(Select() with { OnTrueTile = _scene.Psum(DType.Fp32, 8, 24) }));
    }

    [Theory]
    [InlineData(AluOp.GreaterEqual, true)]
    [InlineData(AluOp.NotEqual, true)]
    [InlineData(AluOp.Add, false)]
    [InlineData(AluOp.LogicalAnd, false)]
    public void Select_compares(AluOp op, bool isLegal) =>
        Assert.Equal(isLegal ? [] : ["TRN2302"], _scene.Codes(Select() with { CmpOp = op }));

    [Fact]
    public void Selected_tile_has_the_shape_of_the_destination() =>
        Assert.Equal(["TRN2008"], _scene.Codes(Select() with { OnTrueTile = _scene.Sbuf(DType.Fp32, 8, 23) }));

    [Fact]
    public void Missing_levels_are_the_outer_ones()
    {
        var dst = _scene.Sbuf(DType.Int16, 2, 6);
        var bytes = _scene.Execute(dst, Engine.GpSimd, new Iota(dst, [new(10, 2), new(1, 3)], Offset: 5, ChannelMultiplier: 100));
        Assert.Equal([5, 6, 7, 15, 16, 17, 105, 106, 107, 115, 116, 117], bytes.Chunk(2).Select(b => (int)BitConverter.ToInt16(b)));
    }

    [Fact]
    public void Expand_to_the_index_generator()
    {
        var expected = new Instruction(CostClass.Affine, 24, DType.Fp32, InstructionTraits.Sbuf, Rows: 8);
        Assert.Equal([expected], _scene.Expand(Select()).Instructions.ToArray());
        Assert.Equal([expected], _scene.Expand(new Iota(_scene.Sbuf(DType.Fp32, 8, 24), [new(1, 24)])).Instructions.ToArray());
    }

    private AffineSelect Select() => new(
        _scene.Sbuf(DType.Fp32, 8, 24), [new(-1, 24)], 1, _scene.Sbuf(DType.Fp32, 8, 24), float.NegativeInfinity, AluOp.GreaterEqual);
}
