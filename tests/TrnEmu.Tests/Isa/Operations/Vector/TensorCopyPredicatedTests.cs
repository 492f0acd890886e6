using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class TensorCopyPredicatedTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Source_has_the_dtype_of_the_destination()
    {
        Assert.Empty(_scene.Codes(Make()));
        Assert.Empty(_scene.Codes(Make() with { Src = -1e9f }));
        Assert.Equal(["TRN2004"], _scene.Codes(Make() with { Src = _scene.Sbuf(DType.Fp16, 8, 4) }));
    }

    [Theory]
    [InlineData(DType.UInt8, true)]
    [InlineData(DType.UInt16, true)]
    [InlineData(DType.UInt32, true)]
    [InlineData(DType.Int32, false)]
    [InlineData(DType.Fp32, false)]
    public void Predicate_is_unsigned(DType dtype, bool isLegal) =>
        Assert.Equal(isLegal ? [] : ["TRN2004"], _scene.Codes(Make() with { Predicate = _scene.Sbuf(dtype, 8, 4) }));

    [Fact]
    public void Shapes_are_equal()
    {
        Assert.Equal(["TRN2008"], _scene.Codes(Make() with { Predicate = _scene.Sbuf(DType.UInt8, 8, 1) }));
        Assert.Equal(["TRN2008"], _scene.Codes(Make() with { Src = _scene.Sbuf(DType.Bf16, 8, 1) }));
    }

    [Fact]
    public void Source_and_predicate_are_not_both_in_psum()
    {
        var predicate = _scene.Psum(DType.UInt8, 8, 4);
        Assert.Empty(_scene.Codes(Make() with { Predicate = predicate }));
        Assert.Equal(["TRN2201"], _scene.Codes(Make() with { Predicate = predicate, Src = _scene.Psum(DType.Bf16, 8, 4) }));
    }

    [Fact]
    public void Constant_fits_an_integer_destination()
    {
        var dst = _scene.Sbuf(DType.Int8, 8, 4);
        Assert.Empty(_scene.Codes(Make() with { Dst = dst, Src = -128f }));
        Assert.Equal(["TRN2208"], _scene.Codes(Make() with { Dst = dst, Src = 128f }));
    }

    [Fact]
    public void Destination_names_each_element_once() =>
        Assert.Equal(["TRN2210"], _scene.Codes(Make() with { Dst = Scene.Free(_scene.Sbuf(DType.Bf16, 8, 4), 4, 0) }));

    [Fact]
    public void Reads_its_inputs_and_may_write()
    {
        var copy = Make();
        Assert.Equal(
            [
                new MemoryEffect(copy.Src.Column!.Value, AccessKind.Read), new MemoryEffect(copy.Predicate, AccessKind.Read),
                new MemoryEffect(copy.Dst, AccessKind.MayWrite),
            ],
            _scene.Effects(copy).Memory.ToArray());
    }

    [Fact]
    public void Expands_to_a_predicated_copy() => Assert.Equal(
        [new Instruction(
            CostClass.CopyPredicated, 4, DType.Bf16, InstructionTraits.Narrow | InstructionTraits.Sbuf, Rows: 8)],
        _scene.Expand(Make()).Instructions.ToArray());

    private TensorCopyPredicated Make() =>
        new(_scene.Sbuf(DType.Bf16, 8, 4), _scene.Sbuf(DType.Bf16, 8, 4), _scene.Sbuf(DType.UInt8, 8, 4));
}
