using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class TensorTensorScanTests
{
    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    [Fact]
    public void Prefix_sum() => Assert.Equal([11, 13, 16, 20], One(Make(10f, AluOp.Multiply, AluOp.Add)));

    /// <summary>
    /// (1 - 10) - 1, (1 - -10) - 2, …; with op0 reversed (10 - 1) - 1, …; with op1 reversed 1 - (1 - 10), ….
    /// </summary>
    [Theory]
    [InlineData(false, false, -10f, 9f, -11f, 8f)]
    [InlineData(true, false, 8f, 5f, 1f, -4f)]
    [InlineData(false, true, 10f, 11f, 13f, 16f)]
    public void Sides_can_be_swapped(bool reverse0, bool reverse1, params float[] expected) =>
        Assert.Equal(expected, One(Make(10f, AluOp.Subtract, AluOp.Subtract) with
        {
            Reverse0 = reverse0,
            Reverse1 = reverse1
        }));

    /// <summary>256 + 1 is no bf16; the sum goes on with it nevertheless.</summary>
    [Fact]
    public void The_running_value_is_not_rounded()
    {
        var (ones, dst) = (_example.Given(DType.Bf16, 2, 1, 1, 1), Scene.Sbuf(DType.Bf16, 2, 3));
        var scan = new TensorTensorScan(dst, ones, ones, 256f, AluOp.Multiply, AluOp.Add);
        Assert.Equal([256f, 258f, 260f], _example.Result(dst, 3, scan)[1]);
    }

    /// <summary>40 partitions are three groups of lanes, 300 elements three blocks.</summary>
    [Fact]
    public void Each_partition_starts_from_its_own_value_and_may_write_in_place()
    {
        const int Partitions = 40, Free = 300;
        var data = _example.Given(DType.Fp32, Partitions, [.. Enumerable.Repeat(1f, Free)]);
        var initial = _example.Given(DType.Bf16, [.. Enumerable.Range(0, Partitions).Select(p => new[] { (float)p })]);
        var rows = _example.Result(data, 2, new TensorTensorScan(data, data, data, initial, AluOp.Multiply, AluOp.Add));
        for (var p = 0; p < Partitions; p++) Assert.Equal(Enumerable.Range(p + 1, Free).Select(i => (float)i), rows[p]);
    }

    [Theory]
    [InlineData(AluOp.BitwiseAnd)]
    [InlineData(AluOp.Abs)]
    [InlineData(AluOp.Power)]
    public void Operators_are_arithmetic_with_two_operands(AluOp op)
    {
        Assert.Equal(["TRN2202"], Scene.Codes(Make(0f, op, AluOp.Add)));
        Assert.Equal(["TRN2202"], Scene.Codes(Make(0f, AluOp.Add, op)));
    }

    [Fact]
    public void Operands_fit_each_other()
    {
        var psum = Scene.Psum(DType.Fp32, 2, 4);
        Assert.Empty(Scene.Codes(Make(0f, AluOp.Add, AluOp.Add) with { Data1 = psum }));
        Assert.Equal(["TRN2201"], Scene.Codes(Make(0f, AluOp.Add, AluOp.Add) with { Data0 = psum, Data1 = psum }));
        Assert.Equal(["TRN2008"], Scene.Codes(Make(Scene.Sbuf(DType.Fp32, 2, 4), AluOp.Add, AluOp.Add)));
        Assert.Equal(["TRN2008"], Scene.Codes(Make(0f, AluOp.Add,
            AluOp.Add) with
        { Data1 = Scene.Sbuf(DType.Fp32, 2, 3) }));
    }

    [Fact]
    public void Expands_to_a_scan() => Assert.Equal(
        [new Instruction(CostClass.Scan, 4, DType.Fp32, InstructionTraits.Sbuf, Rows: 2)],
        Scene.Expand(Make(0f, AluOp.Add, AluOp.Add)).Instructions.ToArray());

    private float[] One(TensorTensorScan scan) => _example.Result(scan.Dst, 3, scan)[1];

    private TensorTensorScan Make(ScalarOperand initial, AluOp op0, AluOp op1) => new(
        Scene.Sbuf(DType.Fp32, 2, 4), _example.Given(DType.Fp32, 2, 1, 1, 1, 1),
        _example.Given(DType.Fp32, 2, 1, 2, 3, 4), initial, op0, op1);
}
