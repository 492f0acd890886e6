using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Scalar;

public sealed class Activate2Tests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(AluOp.Multiply, AluOp.Add, false, false, 19f)]
    [InlineData(AluOp.Multiply, AluOp.Subtract, false, false, 11f)]
    [InlineData(AluOp.Multiply, AluOp.Subtract, false, true, -11f)]
    [InlineData(AluOp.Multiply, AluOp.Bypass, true, false, 15f)]
    [InlineData(AluOp.Add, AluOp.Bypass, true, false, 8f)]
    [InlineData(AluOp.Subtract, AluOp.Bypass, false, false, 2f)]
    [InlineData(AluOp.Subtract, AluOp.Bypass, true, false, -2f)]
    [InlineData(AluOp.Bypass, AluOp.Bypass, false, false, 5f)]
    public void Pairs_of_operators(AluOp op0, AluOp op1, bool reverse0, bool reverse1, float expected)
    {
        var data = _scene.Sbuf(DType.Fp32, 2, 3);
        var activate = new Activate2(
            data, ActivationFunction.Copy, data, 3f, 4f, op0, op1, Reverse0: reverse0, Reverse1: reverse1);
        Assert.Empty(_scene.Codes(activate, 4));
        var bytes = _scene.Execute(data, Engine.Scalar, new Memset(data, 5), activate);
        Assert.All(bytes.Chunk(4), b => Assert.Equal(expected, BitConverter.ToSingle(b)));
    }

    [Theory]
    [InlineData(AluOp.Add, AluOp.Add)]
    [InlineData(AluOp.Subtract, AluOp.Subtract)]
    [InlineData(AluOp.Bypass, AluOp.Add)]
    [InlineData(AluOp.Maximum, AluOp.Bypass)]
    [InlineData(AluOp.Multiply, AluOp.Multiply)]
    public void Other_pairs_are_refused(AluOp op0, AluOp op1) =>
        Assert.Equal(["TRN2254"], _scene.Codes(Make() with { Op0 = op0, Op1 = op1 }, 4));

    [Fact]
    public void Operands_are_refused_with_their_reason()
    {
        Assert.Empty(_scene.Codes(Make(), 4));
        Assert.Equal(["TRN2001"], _scene.Codes(Make(), 3));
        Assert.Equal(["TRN2254"], _scene.Codes(Make() with { Op0 = AluOp.Bypass, Op1 = AluOp.Bypass, Reverse0 = true }, 4));
        Assert.Equal(["TRN2254"], _scene.Codes(Make() with { Op1 = AluOp.Bypass, Reverse1 = true }, 4));
        var two = Make() with { Imm0 = _scene.Sbuf(DType.Bf16, 8, 1), Imm1 = _scene.Sbuf(DType.Bf16, 8, 1) };
        Assert.Empty(_scene.Codes(two, 4));
        Assert.Equal(["TRN2004"], _scene.Codes(two with { Imm1 = _scene.Sbuf(DType.Fp32, 8, 1) }, 4));
        Assert.Equal(["TRN2008"], _scene.Codes(Make() with { ReluParam = _scene.Sbuf(DType.Fp32, 8, 2) }, 4));
        Assert.Equal(["TRN2253"], _scene.Codes(Make() with { ReduceOp = AluOp.Multiply }, 4));
        Assert.Equal(["TRN2253"], _scene.Codes(Make() with { ReduceCmd = ReduceCommand.Reset }, 4));
        Assert.Equal(["TRN2253"], _scene.Codes(Make() with { ReduceCmd = ReduceCommand.Reduce }, 4));
        Assert.Equal(["TRN2253"], _scene.Codes(Make() with { ReduceOp = AluOp.Add, ReduceCmd = ReduceCommand.LoadReduce }, 4));
    }

    /// <summary>Product and sum are rounded each by itself: (1 + 2^-12)^2 - 1 keeps no 2^-24.</summary>
    [Fact]
    public void Each_operator_rounds()
    {
        var (data, x) = (_scene.Sbuf(DType.Fp32, 1, 1), 1 + 1f / 4096);
        var activate = new Activate2(data, ActivationFunction.Copy, data, x, 1f, AluOp.Multiply, AluOp.Subtract);
        var twoOperators = BitConverter.ToSingle(_scene.Execute(data, Engine.Scalar, new Memset(data, x), activate));
        Assert.Equal(x * x - 1, twoOperators);
        var fused = new Activation(data, ActivationFunction.Copy, data, -1f, x);
        Assert.Equal(
            MathF.FusedMultiplyAdd(x, x, -1), BitConverter.ToSingle(_scene.Execute(data, Engine.Scalar, new Memset(data, x), fused)));
        Assert.NotEqual(twoOperators, MathF.FusedMultiplyAdd(x, x, -1));
    }

    [Theory]
    [InlineData(3f, 3f)]
    [InlineData(-3f, -0.75f)]
    public void Slope_of_prelu_is_relu_param(float value, float expected)
    {
        var (data, slope) = (_scene.Sbuf(DType.Fp32, 8, 4), _scene.Sbuf(DType.Bf16, 8, 1));
        var activate = new Activate2(
            data, ActivationFunction.Prelu, data, 0f, 0f, AluOp.Bypass, AluOp.Bypass, slope);
        var bytes = _scene.Execute(data, Engine.Scalar, new Memset(data, value), new Memset(slope, 0.25), activate);
        Assert.All(bytes.Chunk(4), b => Assert.Equal(expected, BitConverter.ToSingle(b)));
    }

    /// <summary>The row is 1, -2, 3 of which reset keeps nothing but the identity.</summary>
    [Theory]
    [InlineData(AluOp.Add, 2f, 0f)]
    [InlineData(AluOp.Maximum, 3f, float.NegativeInfinity)]
    [InlineData(AluOp.Minimum, -2f, float.PositiveInfinity)]
    [InlineData(AluOp.AbsMax, 3f, 0f)]
    [InlineData(AluOp.AbsMin, 1f, float.PositiveInfinity)]
    public void Registers_take_in_results(AluOp op, float expected, float identity)
    {
        var (data, result) = (_scene.Sbuf(DType.Fp32, 2, 3), _scene.Sbuf(DType.Fp32, 2, 1));
        var fill = new Operation[] { new Memset(data, 1), new Memset(At(data, 1), -2), new Memset(At(data, 2), 3) };
        var reduce = Reduce(data, result, op, ReduceCommand.ResetReduce);
        Assert.All(Values(result, [.. fill, reduce]), v => Assert.Equal(expected, v));
        Assert.All(Values(result, [.. fill, reduce, reduce with { ReduceCmd = ReduceCommand.Reset }]), v => Assert.Equal(identity, v));
    }

    /// <summary>2^24 + 1 + 1 is 2^24 from left to right, where pairs or lanes would keep the 2.</summary>
    [Fact]
    public void Sums_are_in_order()
    {
        var (data, result) = (_scene.Sbuf(DType.Fp32, 40, 200), _scene.Sbuf(DType.Fp32, 40, 1));
        var values = Values(
            result, new Memset(data, 1), new Memset(At(data, 0), 1 << 24), Reduce(data, result, AluOp.Add, ReduceCommand.ResetReduce));
        Assert.All(values, v => Assert.Equal(1 << 24, v));
    }

    /// <summary>Two tensors at one partition share a register, and a register stays with its partition.</summary>
    [Fact]
    public void Registers_belong_to_physical_partitions()
    {
        var (high, low, all) = (_scene.Sbuf(DType.Fp32, 32, 2), _scene.Sbuf(DType.Fp32, 32, 2), _scene.Sbuf(DType.Fp32, 128, 2));
        var result = _scene.Sbuf(DType.Fp32, 32, 1);
        _scene.Place(high, 96, 0);
        _scene.Place(all, 0, 64);
        Operation[] fill = [new Memset(high, 1), new Memset(low, 5), new Memset(all, 0)];
        var sums = new[] { high, low }.Select(p => Reduce(p, result, AluOp.Add, ReduceCommand.ResetReduce)).ToArray();
        var part = all with { StartPartition = 96, Partitions = 32 };
        Assert.All(
            Values(result, [.. fill, .. sums, Reduce(part, result, AluOp.Add, ReduceCommand.Idle)]), v => Assert.Equal(2, v));
    }

    private float[] Values(AccessPattern result, params Operation[] operations) =>
        [.. _scene.Execute(result, Engine.None, operations).Chunk(4).Select(b => BitConverter.ToSingle(b))];

    private static AccessPattern At(AccessPattern p, int element) =>
        Scene.Free(p, 1) with { Offset = p.Offset + element * p.DType.Size() };

    private static Activate2 Reduce(AccessPattern data, AccessPattern result, AluOp op, ReduceCommand command) => new(
        data, ActivationFunction.Copy, data, 0f, 0f, AluOp.Bypass, AluOp.Bypass, ReduceOp: op, ReduceRes: result, ReduceCmd: command);

    private Activate2 Make() => new(
        _scene.Sbuf(DType.Bf16, 8, 4), ActivationFunction.Gelu, _scene.Sbuf(DType.Fp32, 8, 4), 2f, 0.5f, AluOp.Multiply, AluOp.Add);
}
