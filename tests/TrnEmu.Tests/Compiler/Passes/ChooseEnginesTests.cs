using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Passes;

/// <summary>Who executes what, when nobody says.</summary>
public sealed class ChooseEnginesTests
{
    private readonly KernelBuilder _k = new(TestChips.Trn2);

    [Fact]
    public void The_users_wish_stays()
    {
        var (a, b) = (_k.Sbuf("a", DType.Fp32, [32, 8]), _k.Sbuf("b", DType.Fp32, [32, 8]));
        foreach (var engine in (Engine[])[Engine.Vector, Engine.Scalar, Engine.GpSimd])
            Assert.Equal(engine, Chosen(new TensorCopy(b, a), engine));
        Assert.Equal(Engine.Scalar, Chosen(new DmaCopy(b, a), Engine.Scalar));
    }

    [Fact]
    public void Evictions_and_float_arithmetic_go_to_Vector()
    {
        var (a, sums) = (_k.Sbuf("a", DType.Fp32, [32, 8]), _k.Psum("sums", DType.Fp32, [32, 8]));
        Assert.Equal(Engine.Vector, Chosen(new TensorCopy(a, sums)));
        Assert.Equal(Engine.Vector, Chosen(new TensorTensor(a, a, a, AluOp.Add)));
    }

    [Fact]
    public void Integer_arithmetic_goes_to_GpSimd_unless_PSUM_takes_part()
    {
        var (a, sums) = (_k.Sbuf("a", DType.Int32, [32, 8]), _k.Psum("sums", DType.Int32, [32, 8]));
        Assert.Equal(Engine.GpSimd, Chosen(new TensorTensor(a, a, a, AluOp.Add)));
        Assert.Equal(Engine.Vector, Chosen(new TensorTensor(a, a, sums, AluOp.Add)));
        Assert.Equal(Engine.Vector, Chosen(new TensorCopy(a, a)));
    }

    [Fact]
    public void GpSimd_fills_SBUF_where_it_has_no_sums_to_clear()
    {
        var (a, sums) = (_k.Sbuf("a", DType.Fp32, [32, 8]), _k.Psum("sums", DType.Fp32, [32, 8]));
        Assert.Equal(Engine.GpSimd, Chosen(new Memset(a, 1)));
        Assert.Equal(Engine.GpSimd, Chosen(new Memset(sums, 0)));
        Assert.Equal(Engine.Vector, Chosen(new Memset(a, 1)));
    }

    [Fact]
    public void Transposes_go_to_Tensor_where_it_can()
    {
        var (a, b) = (_k.Sbuf("a", DType.Bf16, [32, 32]), _k.Sbuf("b", DType.Bf16, [32, 32]));
        Assert.Equal(Engine.Tensor, Chosen(new NcTranspose(_k.Psum("flipped", DType.Bf16, [32, 32]), a)));
        Assert.Equal(Engine.Vector, Chosen(new NcTranspose(b, a)));
    }

    [Fact]
    public void Registers_go_to_Sync_and_DMA_waits_for_its_own_pass()
    {
        var (a, b) = (_k.Sbuf("a", DType.Bf16, [32, 32]), _k.Sbuf("b", DType.Bf16, [32, 32]));
        Assert.Equal(Engine.Sync, Chosen(new RegisterAlloc(_k.NewRegister(), 3)));
        Assert.Equal(Engine.None, Chosen(new DmaCopy(a, b)));
    }

    private Engine Chosen(Operation operation, Engine wish = Engine.None)
    {
        _k.Issue(operation, wish);
        return ChooseEngines.Run(_k.Build(), TestChips.Trn2).Cores[0].Entries.Span[^1].Engine;
    }
}
