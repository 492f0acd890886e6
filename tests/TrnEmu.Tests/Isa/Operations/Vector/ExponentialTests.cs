using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class ExponentialTests
{
    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    [Fact]
    public void Each_row_has_its_maximum()
    {
        var exponential = Make() with { MaxValue = _example.Given(DType.Fp32, [[3], [2]]) };
        var rows = _example.Result(exponential.Dst, 4, exponential);
        Assert.Equal([Bf16(MathF.Exp(-2)), Bf16(MathF.Exp(-1)), 1], rows[0]);
        Assert.Equal([Bf16(MathF.Exp(-1)), 1, Bf16(MathF.E)], rows[1]);
    }

    /// <summary>1 + e^-8 rounds to 1 as a bf16, not in the register.</summary>
    [Fact]
    public void The_sum_is_that_of_the_unrounded_results()
    {
        var (dst, sum) = (Scene.Sbuf(DType.Int8, 1, 2), Scene.Sbuf(DType.Fp32, 1, 1));
        var exponential = new Exponential(dst, _example.Given(DType.Fp32, 1, 0, -8), 0f, sum,
            ReduceCommand.ResetReduce);
        Assert.Equal(1 + MathF.Exp(-8), _example.Result(sum, 4, exponential)[0][0]);
        Assert.Equal([1, 0], _example.Result(dst, 4, exponential)[0]);
    }

    [Fact]
    public void It_computes_what_the_activation_computes()
    {
        var data = _example.Given(DType.Fp32, 1, [.. Enumerable.Range(0, 400).Select(i => i * 0.37f - 80)]);
        var (one, two, three) = (Scene.Sbuf(DType.Fp32, 1, 400), Scene.Sbuf(DType.Fp32, 1, 400),
            Scene.Sbuf(DType.Fp32, 1, 400));
        var expected = _example.Result(one, 4, new Activation(one, ActivationFunction.Exp, data))[0];
        Assert.Equal(expected, _example.Result(two, 4, new Exponential(two, data))[0]);
        Assert.Equal(expected, _example.Result(three, 4,
            new Exponential(three, data, ReduceCmd: ReduceCommand.ResetReduce))[0]);
    }

    [Fact]
    public void Registers_are_loaded_by_load_reduce_alone()
    {
        Assert.Empty(Scene.Codes(Make() with { ReduceCmd = ReduceCommand.LoadReduce }, 4));
        Assert.Empty(Scene.Codes(Make() with { ReduceCmd = ReduceCommand.LoadReduce, ReduceInit = 2f }, 4));
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceInit = 2f }, 4));
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceInit = Scene.Sbuf(DType.Fp32, 2, 1) }, 4));
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceCmd = ReduceCommand.Reset }, 4));
    }

    [Fact]
    public void After_idle_there_is_nothing_to_write() =>
        Assert.Equal(["TRN2099"], Scene.Codes(Make() with { ReduceRes = Scene.Sbuf(DType.Fp32, 2, 1) }, 4));

    [Fact]
    public void Three_free_dimensions_at_most()
    {
        var wide = Scene.Sbuf(DType.Fp32, 2, 81) with
        {
            Count0 = 2,
            Stride0 = 27,
            Count1 = 2,
            Stride1 = 9,
            Count2 = 2,
            Stride2 = 3,
            Count3 = 2
        };
        Assert.Equal(["TRN2008"], Scene.Codes(new Exponential(Scene.Sbuf(DType.Fp32, 2, 16), wide), 4));
        var merged = wide with { Stride2 = 2 };
        Assert.Empty(Scene.Codes(new Exponential(Scene.Sbuf(DType.Fp32, 2, 16), merged), 4));
    }

    [Fact]
    public void It_came_with_generation_4() => Assert.Equal(["TRN2001"], Scene.Codes(Make(), 3));

    [Fact]
    public void Expands_to_one_instruction() => Assert.Equal(
        [CostClass.Exponential], Scene.Expand(Make(), 4).Instructions.ToArray().Select(i => i.Class));

    private static float Bf16(float value) => Conversions.Round(DType.Bf16, value);

    private Exponential Make() => new(Scene.Sbuf(DType.Bf16, 2, 3), _example.Given(DType.Fp32, 2, 1, 2, 3));
}
