using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class TensorCopyTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(2, Engine.Scalar, false)]
    [InlineData(3, Engine.Scalar, true)]
    [InlineData(2, Engine.Vector, true)]
    [InlineData(2, Engine.GpSimd, true)]
    [InlineData(4, Engine.Tensor, false)]
    public void Engines_by_generation(int generation, Engine engine, bool isLegal)
    {
        var copy = new TensorCopy(_scene.Sbuf(DType.Bf16, 128, 64), _scene.Sbuf(DType.Fp32, 128, 64));
        Assert.Equal(isLegal ? [] : ["TRN2002"], _scene.Codes(copy, generation, engine));
    }

    [Fact]
    public void GpSimd_reaches_sbuf_only()
    {
        var (sbuf, psum) = (_scene.Sbuf(DType.Fp32, 128, 64), _scene.Psum(DType.Fp32, 128, 64));
        Assert.Equal(["TRN2003"], _scene.Codes(new TensorCopy(sbuf, psum), engine: Engine.GpSimd));
        Assert.Equal(["TRN2003"], _scene.Codes(new TensorCopy(psum, sbuf), engine: Engine.GpSimd));
        Assert.Empty(_scene.Codes(new TensorCopy(sbuf, psum), engine: Engine.Vector));
        Assert.Equal(["TRN2003"], _scene.Codes(new TensorCopy(sbuf, _scene.Hbm(DType.Fp32, 128, 64))));
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void Psum_streams_4096_elements(int free, bool isLegal)
    {
        // A broadcast, since PSUM itself holds no more.
        var src = Scene.Free(_scene.Psum(DType.Fp32, 128, 1), free, 0);
        var findings = _scene.Findings(new TensorCopy(_scene.Sbuf(DType.Fp32, 128, free), src));
        Assert.Equal(isLegal ? [] : ["tensor_copy: src free size is 4097, limit 4096 elements in PSUM"], findings.Select(d => d.Message));
        Assert.All(findings, d => Assert.Equal("TRN2010", d.Code.Id));
    }

    [Theory]
    [InlineData(65536, true)]
    [InlineData(65537, false)]
    public void Sbuf_streams_65536_elements(int free, bool isLegal)
    {
        var copy = new TensorCopy(_scene.Sbuf(DType.UInt8, 1, free), _scene.Sbuf(DType.UInt8, 1, free));
        Assert.Equal(isLegal ? [] : ["TRN2010", "TRN2010"], _scene.Codes(copy));
    }

    [Fact]
    public void Shapes_are_equal()
    {
        var src = _scene.Sbuf(DType.Fp32, 64, 12);
        Assert.Equal(["TRN2008"], _scene.Codes(new TensorCopy(_scene.Sbuf(DType.Fp32, 64, 11), src)));
        Assert.Equal(["TRN2008"], _scene.Codes(new TensorCopy(_scene.Sbuf(DType.Fp32, 32, 12), src)));
        var split = src with { Count2 = 3, Stride2 = 4, Count3 = 4 };
        Assert.Empty(_scene.Codes(new TensorCopy(_scene.Sbuf(DType.Fp32, 64, 12), split)));
    }

    [Fact]
    public void Only_the_same_elements_are_copied_onto_themselves()
    {
        var row = _scene.Sbuf(DType.Int32, 32, 64);
        var left = Scene.Free(row, 32);
        Assert.Empty(_scene.Codes(new TensorCopy(left, left with { DType = DType.Fp32 })));
        Assert.Empty(_scene.Codes(new TensorCopy(left with { Offset = 128 }, left)));
        Assert.Equal(["TRN2206"], _scene.Codes(new TensorCopy(left with { Offset = 4 }, left)));
        Assert.Equal(["TRN2206"], _scene.Codes(new TensorCopy(left with { DType = DType.Int16 }, left)));
        Assert.Equal(["TRN2206"], _scene.Codes(new TensorCopy(left with { Offset = 124, Stride3 = -1 }, left)));
    }

    [Fact]
    public void Interleaved_elements_do_not_overlap()
    {
        var even = Scene.Free(_scene.Sbuf(DType.Fp32, 32, 64), 32, 2);
        Assert.Empty(_scene.Codes(new TensorCopy(even with { Offset = 4 }, even)));
        Assert.Equal(["TRN2206"], _scene.Codes(new TensorCopy(even with { Offset = 4, Stride3 = 1 }, even)));
    }

    [Fact]
    public void Tensors_at_overlapping_addresses_overlap()
    {
        var (dst, src) = (_scene.Sbuf(DType.Fp32, 32, 16), _scene.Sbuf(DType.Fp32, 32, 16));
        _scene.Place(src, 0, 0);
        Assert.Empty(_scene.Codes(new TensorCopy(dst, src)));
        _scene.Place(dst, 0, 32);
        Assert.Equal(["TRN2206"], _scene.Codes(new TensorCopy(dst, src)));
        _scene.Place(dst, 32, 32);
        Assert.Empty(_scene.Codes(new TensorCopy(dst, src)));
    }

    [Fact]
    public void Rows_are_not_indexed()
    {
        var rows = new DynamicOffset(OffsetKind.Vector, _scene.Sbuf(DType.Int32, 8, 1).Tensor, 0, 0, 1);
        var (dst, src) = (_scene.Sbuf(DType.Fp32, 8, 4), _scene.Sbuf(DType.Fp32, 8, 4));
        Assert.Equal(["TRN2011"], _scene.Codes(new TensorCopy(dst, src with { Dynamic = rows })));
        Assert.Equal(["TRN2011"], _scene.Codes(new TensorCopy(dst with { Dynamic = rows }, src)));
    }

    [Fact]
    public void Expands_to_one_pass()
    {
        var copy = new TensorCopy(_scene.Sbuf(DType.Bf16, 96, 40), _scene.Psum(DType.Bf16, 96, 40));
        var expected = new Instruction(
            CostClass.Elementwise, 40, DType.Bf16,
            InstructionTraits.Narrow | InstructionTraits.HalfFloat | InstructionTraits.SourcePsum | InstructionTraits.Sbuf,
            Rows: 96);
        Assert.Equal([expected], _scene.Expand(copy).Instructions.ToArray());
    }
}
