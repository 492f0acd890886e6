using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.GpSimd;

public sealed class SearchTests
{
    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    /// <summary>The numbers of nki.isa.nonzero_with_count.</summary>
    [Theory]
    [InlineData(DType.Fp32)]
    [InlineData(DType.Int32)]
    public void Places_then_padding_then_count(DType dtype)
    {
        var (src, dst) = (_example.Given(dtype, [0, 1, 1, 0, 0, 1, 0, 0]), Scene.Sbuf(DType.Int32, 1, 9));
        var rows = _example.Result(dst, 3, new NonzeroWithCount(dst, src, IndexOffset: 16));
        Assert.Equal([[17, 18, 21, -1, -1, -1, -1, -1, 3]], rows);
    }

    [Fact]
    public void Minus_zero_is_zero_and_nan_is_not()
    {
        var (src, dst) = (_example.Given(DType.Fp32, [-0f, float.NaN, 0, float.Epsilon]), Scene.Sbuf(DType.Int32, 1, 5));
        Assert.Equal([[1, 3, 7, 7, 2]], _example.Result(dst, 3, new NonzeroWithCount(dst, src, PaddingVal: 7)));
    }

    [Fact]
    public void Only_the_first_partition_of_each_core_takes_part()
    {
        var (src, dst) = (_example.Given(DType.Fp32, 20, 0, 5), _example.Given(DType.Int32, 20, 8, 8, 8));
        var rows = _example.Result(dst, 3, new NonzeroWithCount(dst, src));
        Assert.Equal([1, -1, 1], rows[0]);
        Assert.Equal([1, -1, 1], rows[16]);
        Assert.Equal(18, rows.Count(r => r is [8, 8, 8]));
    }

    [Fact]
    public void Nonzero_needs_generation_3_and_room_for_the_count()
    {
        var src = Scene.Sbuf(DType.Fp32, 16, 4);
        Assert.Equal(["TRN2001"], Scene.Codes(new NonzeroWithCount(Scene.Sbuf(DType.Int32, 16, 5), src), 2));
        Assert.Equal(["TRN2008"], Scene.Codes(new NonzeroWithCount(Scene.Sbuf(DType.Int32, 16, 4), src)));
    }

    /// <summary>The numbers of the vendor's test of sequence_bounds.</summary>
    [Theory]
    [InlineData(DType.Fp32)]
    [InlineData(DType.Int32)]
    public void Bounds_are_the_first_place_and_the_one_after_the_last(DType dtype)
    {
        var (ids, dst) = (_example.Given(dtype, [0, 1, 1, 2, 2, 2, 0, 3, 3]), Scene.Sbuf(dtype, 1, 2, 9));
        var row = _example.Result(dst, 2, new SequenceBounds(dst, ids))[0];
        Assert.Equal([9, 1, 1, 3, 3, 3, 9, 7, 7], row[..9]);
        Assert.Equal([-1, 3, 3, 6, 6, 6, -1, 9, 9], row[9..]);
    }

    [Fact]
    public void An_id_that_comes_back_begins_another_segment()
    {
        var (ids, dst) = (_example.Given(DType.Int32, [4, 0, 4, 4]), Scene.Sbuf(DType.Int32, 1, 8));
        Assert.Equal([[0, 4, 2, 2, 1, -1, 4, 4]], _example.Result(dst, 2, new SequenceBounds(dst, ids)));
    }

    [Fact]
    public void Bounds_are_of_one_partition() => Assert.Equal(
        ["TRN2008"], Scene.Codes(new SequenceBounds(Scene.Sbuf(DType.Int32, 2, 8), Scene.Sbuf(DType.Int32, 2, 4))));

    [Theory]
    [InlineData(AluOp.Add, 6f, -3f)]
    [InlineData(AluOp.Maximum, 3f, 5f)]
    public void Partitions_are_reduced_to_one(AluOp op, float first, float second)
    {
        var (data, dst) = (_example.Given(DType.Fp32, [1, 5], [2, -8], [3, 0]), Scene.Sbuf(DType.Bf16, 1, 2));
        Assert.Equal([[first, second]], _example.Result(dst, 2, new TensorPartitionReduce(dst, op, data)));
    }

    /// <summary>2^24 + 1 + 1 is 2^24 from the top down, 2^24 + 2 from the bottom up.</summary>
    [Fact]
    public void Partitions_are_added_in_ascending_order()
    {
        var (data, dst) = (_example.Given(DType.Fp32, [1 << 24, 1], [1, 1], [1, 1 << 24]), Scene.Sbuf(DType.Fp32, 1, 2));
        Assert.Equal([[1 << 24, (1 << 24) + 2]], _example.Result(dst, 2, new TensorPartitionReduce(dst, AluOp.Add, data)));
    }

    [Fact]
    public void Bits_are_reduced_as_they_are()
    {
        var (data, dst) = (_example.Given(DType.UInt8, [1, 12], [4, 10], [1, 8]), Scene.Sbuf(DType.UInt8, 1, 2));
        Assert.Equal([[5, 14]], _example.Result(dst, 2, new TensorPartitionReduce(dst, AluOp.BitwiseOr, data)));
        Assert.Equal([[0, 8]], _example.Result(dst, 2, new TensorPartitionReduce(dst, AluOp.BitwiseAnd, data)));
    }

    [Fact]
    public void Other_operators_do_not_reduce_partitions() => Assert.Equal(["TRN2202"],
        Scene.Codes(new TensorPartitionReduce(Scene.Sbuf(DType.Fp32, 1, 4), AluOp.Multiply, Scene.Sbuf(DType.Fp32, 8, 4))));
}
