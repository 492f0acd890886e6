using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Operations;

namespace TrnEmu.Tests.Isa;

/// <summary>What the engines demand of the patterns and memories of element-wise operands.</summary>
public sealed class PatternLimitTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(32767, true)]
    [InlineData(32768, false)]
    [InlineData(-32768, true)]
    [InlineData(-32769, false)]
    public void Strides_have_16_bits(int stride, bool isLegal)
    {
        var row = _scene.Sbuf(DType.UInt8, 8, 40000);
        var pair = Scene.Free(row, 2, stride) with { Offset = stride < 0 ? 39999 : 0 };
        var copy = new TensorCopy(_scene.Sbuf(DType.UInt8, 8, 2), pair);
        Assert.Equal(isLegal ? [] : ["TRN2012"], _scene.Codes(copy));
        if (!isLegal) Assert.Contains($"src (t0) has a stride of {stride} elements, limit -32768 to 32767", _scene.Findings(copy)[0].Message);
    }

    /// <summary>Levels that continue each other are one; other operands than tensors count too.</summary>
    [Fact]
    public void Strides_are_those_of_the_levels_that_it_takes()
    {
        var row = _scene.Sbuf(DType.UInt8, 8, 2, 32768);
        var halves = row with { Count2 = 2, Stride2 = 32768, Count3 = 32768 };
        Assert.Empty(_scene.Codes(new TensorCopy(row, halves)));
        var evens = halves with { Count3 = 16384, Stride3 = 2 };
        Assert.Empty(_scene.Codes(new TensorCopy(_scene.Sbuf(DType.UInt8, 8, 32768), evens)));
        var starts = halves with { Count3 = 100 };
        Assert.Equal(["TRN2012"], _scene.Codes(new TensorCopy(_scene.Sbuf(DType.UInt8, 8, 200), starts)));
        Assert.Equal(["TRN2012"], _scene.Codes(new Memset(starts, 0)));
    }

    [Theory]
    [InlineData(65536, false, true)]
    [InlineData(65537, false, false)]
    [InlineData(4096, true, true)]
    [InlineData(4097, true, false)]
    public void Free_size_is_limited_by_memory(int free, bool isPsum, bool isLegal)
    {
        var element = isPsum ? _scene.Psum(DType.UInt8, 8, 1) : _scene.Sbuf(DType.UInt8, 8, 1);
        var repeated = Scene.Free(element, free, 0);
        var reduce = new TensorReduce(_scene.Sbuf(DType.Fp32, 8, 1), AluOp.Add, repeated, [-1]);
        Assert.Equal(isLegal ? [] : ["TRN2010"], _scene.Codes(reduce));
        if (!isLegal) Assert.Contains($"data free size is {free}, limit {free - 1} elements in ", _scene.Findings(reduce)[0].Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void GpSimd_reaches_sbuf_only_but_fills_psum(int generation)
    {
        var (sbuf, psum) = (_scene.Sbuf(DType.Fp32, 8, 4), _scene.Psum(DType.Fp32, 8, 4));
        Assert.Empty(_scene.Codes(new TensorTensor(sbuf, sbuf, sbuf, AluOp.Add), generation, Engine.GpSimd));
        Assert.Equal(["TRN2003"], _scene.Codes(new TensorTensor(psum, sbuf, sbuf, AluOp.Add), generation, Engine.GpSimd));
        Assert.Equal(["TRN2003"], _scene.Codes(new TensorTensor(sbuf, psum, sbuf, AluOp.Add), generation, Engine.GpSimd));
        Assert.Equal(["TRN2003"], _scene.Codes(new TensorCopy(sbuf, psum), generation, Engine.GpSimd));
        Assert.Empty(_scene.Codes(new Memset(psum, 0), generation, Engine.GpSimd));
        Assert.Empty(_scene.Codes(new TensorCopy(sbuf, psum), generation, Engine.Vector));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void One_of_two_operands_lies_in_psum(int generation)
    {
        var (sbuf, psum, other) = (_scene.Sbuf(DType.Fp32, 8, 4), _scene.Psum(DType.Fp32, 8, 4), _scene.Psum(DType.Fp32, 8, 4));
        Assert.Empty(_scene.Codes(new TensorTensor(sbuf, psum, sbuf, AluOp.Add), generation));
        Assert.Equal(["TRN2201"], _scene.Codes(new TensorTensor(sbuf, psum, other, AluOp.Add), generation));
        var chain = new ScalarTensorTensor(sbuf, psum, AluOp.Add, 1f, AluOp.Add, other);
        Assert.Equal(["TRN2201"], _scene.Codes(chain, generation));
    }

    [Theory]
    [InlineData(DType.Fp32, true)]
    [InlineData(DType.Bf16, false)]
    [InlineData(DType.Int32, false)]
    [InlineData(DType.Tf32, false)]
    public void Scalar_operands_are_fp32_but_for_scalar_tensor_tensor(DType dtype, bool isLegal)
    {
        var (data, column) = (_scene.Sbuf(DType.Bf16, 8, 4), _scene.Sbuf(dtype, 8, 1));
        string[] codes = isLegal ? [] : ["TRN2004"];
        Assert.Equal(codes, _scene.Codes(new TensorScalar(data, data, AluOp.Add, column)));
        Assert.Empty(_scene.Codes(new ScalarTensorTensor(data, data, AluOp.Add, column, AluOp.Add, data)));
        Assert.Equal(codes, _scene.Codes(new Activation(data, ActivationFunction.Exp, data, Scale: column)));
        string[] bias = dtype == DType.Tf32 ? ["TRN2004"] : [];
        Assert.Equal(bias, _scene.Codes(new Activation(data, ActivationFunction.Exp, data, Bias: column)));
    }
}
