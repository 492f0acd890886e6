using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class MemsetTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(DType.UInt8, 255, true)]
    [InlineData(DType.UInt8, 256, false)]
    [InlineData(DType.UInt8, -1, false)]
    [InlineData(DType.Int16, -32768, true)]
    [InlineData(DType.Int16, 32768, false)]
    [InlineData(DType.UInt32, 4294967295, true)]
    [InlineData(DType.Int32, 2147483648, false)]
    [InlineData(DType.Int32, 0.5, false)]
    [InlineData(DType.Int32, double.NaN, false)]
    [InlineData(DType.Bf16, 0.1, true)]
    [InlineData(DType.Fp32, double.NegativeInfinity, true)]
    public void Value_fits_the_dtype(DType dtype, double value, bool isLegal) =>
        Assert.Equal(isLegal ? [] : ["TRN2208"], _scene.Codes(new Memset(_scene.Sbuf(dtype, 8, 4), value)));

    [Fact]
    public void Either_engine_fills_either_memory()
    {
        var fill = new Memset(_scene.Psum(DType.Fp32, 8, 4), 0);
        Assert.Empty(_scene.Codes(fill, engine: Engine.Vector));
        Assert.Empty(_scene.Codes(fill, engine: Engine.GpSimd));
        Assert.Empty(_scene.Codes(new Memset(_scene.Sbuf(DType.Fp32, 8, 4), 0), engine: Engine.GpSimd));
    }
}
