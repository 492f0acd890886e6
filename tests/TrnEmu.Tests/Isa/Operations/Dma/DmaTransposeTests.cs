using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Dma;

public sealed class DmaTransposeTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Result_mirrors_the_source()
    {
        Assert.Empty(_scene.Codes(Make(DType.Bf16, 200, 128)));
        Assert.Equal(["TRN2104"], _scene.Codes(Make(DType.Bf16, 8, 4) with { Dst = _scene.Sbuf(DType.Bf16, 8, 4) }));
        Assert.Equal(["TRN2106"], _scene.Codes(Make(DType.Bf16, 8, 4) with { Dst = _scene.Sbuf(DType.Fp16, 4, 8) }));
    }

    [Fact]
    public void Elements_have_2_or_4_bytes()
    {
        Assert.Empty(_scene.Codes(Make(DType.Int32, 8, 4)));
        Assert.Equal(["TRN2406"], _scene.Codes(Make(DType.Int8, 8, 4)));
    }

    [Fact]
    public void Result_and_source_are_apart()
    {
        var hbm = _scene.Hbm(DType.Fp32, 8, 8);
        Assert.Equal(["TRN2112"], _scene.Codes(new DmaTranspose(hbm, hbm)));
    }

    [Fact]
    public void Rows_are_not_indexed()
    {
        var rows = new DynamicOffset(OffsetKind.Vector, _scene.Sbuf(DType.Int32, 8, 1).Tensor, 0, 0, 1);
        var transpose = Make(DType.Bf16, 8, 4);
        Assert.Equal(["TRN2011"], _scene.Codes(transpose with { Src = transpose.Src with { Dynamic = rows } }));
        Assert.Equal(["TRN2011"], _scene.Codes(transpose with { Dst = transpose.Dst with { Dynamic = rows } }));
    }

    [Theory]
    [InlineData(DType.Bf16, 16, 128, null)]
    [InlineData(DType.Bf16, 8, 128, "TRN2407")]
    [InlineData(DType.Bf16, 16, 129, "TRN2407")]
    [InlineData(DType.Fp32, 16, 128, "TRN2407")]
    public void Hardware_descriptors_take_small_blocks(DType dtype, int p, int f, string? code)
    {
        var transpose = Make(dtype, p, Math.Min(f, 128)) with { DgeMode = DgeMode.Hwdge };
        if (f > 128) transpose = transpose with { Dst = _scene.Hbm(dtype, f, p), Src = _scene.Hbm(dtype, p, f) };
        Assert.Equal(code is null ? [] : [code], _scene.Codes(transpose));
    }

    [Fact]
    public void Hardware_descriptors_came_with_generation_3() =>
        Assert.Equal(["TRN2402"], _scene.Codes(Make(DType.Bf16, 16, 128) with { DgeMode = DgeMode.Hwdge }, 2));

    [Fact]
    public void Before_generation_3_every_element_is_a_piece()
    {
        var transfer = _scene.Expand(Make(DType.Bf16, 64, 32), 2).Transfer!.Value;
        Assert.Equal((DmaKind.Copy, 32, 64), (transfer.Kind, transfer.Rows, transfer.RunsPerRow));
        Assert.Equal(DmaKind.Transpose, _scene.Expand(Make(DType.Bf16, 64, 32), 3).Transfer!.Value.Kind);
    }

    private DmaTranspose Make(DType dtype, int p, int f) => new(_scene.Sbuf(dtype, f, p), _scene.Hbm(dtype, p, f));
}
