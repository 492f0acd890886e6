using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class ReciprocalTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Shapes_are_equal()
    {
        var data = _scene.Psum(DType.Fp32, 8, 4);
        Assert.Empty(_scene.Codes(new Reciprocal(_scene.Sbuf(DType.Bf16, 8, 4), data)));
        Assert.Equal(["TRN2008"], _scene.Codes(new Reciprocal(_scene.Sbuf(DType.Bf16, 8, 5), data)));
        Assert.Equal(["TRN2002"], _scene.Codes(new Reciprocal(data, data), engine: Engine.Scalar));
    }

    [Fact]
    public void Expands_to_its_own_class()
    {
        var data = _scene.Sbuf(DType.Fp32, 8, 4);
        Assert.Equal(
            [new Instruction(CostClass.Reciprocal, 4, DType.Fp32, InstructionTraits.Sbuf, Rows: 8)],
            _scene.Expand(new Reciprocal(data, data)).Instructions.ToArray());
    }
}
