using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Tensor;

public sealed class NcTransposeTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Tensor_takes_128_by_128_and_vector_32_by_32()
    {
        Assert.Empty(_scene.Codes(Make(128, 128), engine: Engine.Tensor));
        Assert.Empty(_scene.Codes(Make(32, 32), engine: Engine.Vector));
        Assert.Equal(["TRN2111"], _scene.Codes(Make(32, 33), engine: Engine.Vector));
        Assert.Equal(["TRN2111"], _scene.Codes(Make(33, 32), engine: Engine.Vector));
        var tall = Scene.Free(_scene.Psum(DType.Bf16, 128, 128), 128) with { Count2 = 2, Stride2 = 0 };
        var wide = new NcTranspose(tall, _scene.Sbuf(DType.Bf16, 128, 256));
        Assert.Contains("TRN2111", _scene.Codes(wide, engine: Engine.Tensor));
    }

    [Theory]
    [InlineData(32, 32, Engine.Vector)]
    [InlineData(32, 33, Engine.Tensor)]
    [InlineData(33, 32, Engine.Tensor)]
    public void Shape_chooses_the_engine(int p, int f, Engine expected) =>
        Assert.Equal(expected, Make(p, f).PreferredEngine);

    [Fact]
    public void Shapes_mirror_each_other()
    {
        Assert.Equal(["TRN2104"], _scene.Codes(Make(8, 4) with { Dst = _scene.Psum(DType.Bf16, 8, 4) }));
        Assert.Equal(["TRN2104"], _scene.Codes(Make(8, 4) with { Dst = _scene.Psum(DType.Bf16, 4, 7) }));
    }

    [Fact]
    public void Dtype_is_kept() =>
        Assert.Equal(["TRN2106"], _scene.Codes(Make(8, 4) with { Dst = _scene.Psum(DType.Fp32, 4, 8) }));

    [Fact]
    public void Tensor_reads_sbuf_and_writes_psum()
    {
        var fromPsum = Make(8, 4) with { Data = _scene.Psum(DType.Bf16, 8, 4) };
        var toSbuf = Make(8, 4) with { Dst = _scene.Sbuf(DType.Bf16, 4, 8) };
        Assert.Equal(["TRN2003"], _scene.Codes(fromPsum, engine: Engine.Tensor));
        Assert.Equal(["TRN2003"], _scene.Codes(toSbuf, engine: Engine.Tensor));
        Assert.Empty(_scene.Codes(fromPsum, engine: Engine.Vector));
    }

    [Theory]
    [InlineData(2, Engine.Tensor, false)]
    [InlineData(2, Engine.Vector, true)]
    [InlineData(3, Engine.Tensor, true)]
    public void Integers_cannot_be_multiplied(int generation, Engine engine, bool isLegal)
    {
        var transpose = new NcTranspose(_scene.Psum(DType.Int32, 4, 8), _scene.Sbuf(DType.Int32, 8, 4));
        Assert.Equal(isLegal ? [] : ["TRN2004"], _scene.Codes(transpose, generation, engine));
    }

    [Theory]
    [InlineData(DType.Fp8E4M3, 0, 2, null)]
    [InlineData(DType.Fp8E4M3, 0, 4, null)]
    [InlineData(DType.Fp8E4M3, 0, 1, "TRN2117")]
    [InlineData(DType.Fp8E4M3, 1, 2, "TRN2117")]
    [InlineData(DType.Int8, 0, 3, "TRN2117")]
    public void Bytes_land_as_16_bits_from_generation_3(DType dtype, int offset, int stride, string? code)
    {
        var dst = Scene.Free(_scene.Psum(dtype, 4, 64), 8, stride) with { Offset = offset };
        var transpose = new NcTranspose(dst, _scene.Sbuf(dtype, 8, 4));
        Assert.Equal(code is null ? [] : [code], _scene.Codes(transpose, engine: Engine.Tensor));
        Assert.Empty(_scene.Codes(transpose, engine: Engine.Vector));
        if (dtype != DType.Int8) Assert.Empty(_scene.Codes(transpose, generation: 2, Engine.Tensor));
    }

    [Fact]
    public void The_last_byte_has_room_for_its_zeros()
    {
        var dst = Scene.Free(_scene.Psum(DType.Fp8E5M2, 4, 15), 8, 2);
        var transpose = new NcTranspose(dst, _scene.Sbuf(DType.Fp8E5M2, 8, 4));
        Assert.Equal(["TRN2117"], _scene.Codes(transpose, engine: Engine.Tensor));
    }

    [Fact]
    public void Result_and_data_are_apart()
    {
        var both = _scene.Sbuf(DType.Bf16, 32, 64);
        var left = Scene.Free(both, 32);
        Assert.Equal(["TRN2112"], _scene.Codes(new NcTranspose(left, left)));
        Assert.Equal(["TRN2112"], _scene.Codes(new NcTranspose(left with { Offset = 62 }, left)));
        Assert.Empty(_scene.Codes(new NcTranspose(left with { Offset = 64 }, left)));
    }

    [Fact]
    public void Rows_are_not_indexed()
    {
        var rows = new DynamicOffset(OffsetKind.Vector, _scene.Sbuf(DType.Int32, 8, 1).Tensor, 0, 0, 1);
        var transpose = Make(8, 4);
        Assert.Equal(["TRN2011"], _scene.Codes(transpose with { Data = transpose.Data with { Dynamic = rows } }));
        Assert.Equal(["TRN2011"], _scene.Codes(transpose with { Dst = transpose.Dst with { Dynamic = rows } }));
    }

    [Theory]
    [InlineData(2, Engine.Tensor, new[] { CostClass.LoadStationary, CostClass.MultiplyMoving })]
    [InlineData(3, Engine.Tensor, new[] { CostClass.LoadStationary, CostClass.TransposeMoving })]
    [InlineData(3, Engine.Vector, new[] { CostClass.TransposeBlocks })]
    public void Expands_by_engine_and_generation(int generation, Engine engine, CostClass[] expected)
    {
        var instructions = _scene.Expand(Make(32, 16), generation, engine).Instructions.ToArray();
        Assert.Equal(expected, instructions.Select(i => i.Class));
        Assert.Equal(engine == Engine.Tensor ? [16, 32] : [16], instructions.Select(i => i.Items));
        Assert.All(instructions, i => Assert.Equal(32, i.Rows));
    }

    private NcTranspose Make(int p, int f) => new(_scene.Psum(DType.Bf16, f, p), _scene.Sbuf(DType.Bf16, p, f));
}
