using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Dma;

public sealed class DmaComputeTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(1, null)]
    [InlineData(16, null)]
    [InlineData(0, "TRN2410")]
    [InlineData(17, "TRN2410")]
    public void Up_to_16_sources_are_added(int count, string? code) => Assert.Equal(
        code is null ? [] : [code],
        _scene.Codes(Sum([.. Enumerable.Range(0, count).Select(_ => _scene.Hbm(DType.Bf16, 8, 4))])));

    [Fact]
    public void Nothing_but_sums_with_factor_1()
    {
        var sum = Sum(_scene.Hbm(DType.Bf16, 8, 4), _scene.Sbuf(DType.Fp32, 4, 8));
        Assert.Empty(_scene.Codes(sum with { Scales = [1, 1] }));
        Assert.Equal(["TRN2410"], _scene.Codes(sum with { Scales = [1] }));
        Assert.Equal(["TRN2410"], _scene.Codes(sum with { Scales = [1, 2] }));
        Assert.Equal(["TRN2410"], _scene.Codes(sum with { ReduceOp = AluOp.Multiply }));
    }

    /// <summary>Each item of a list is verified, and named with its place.</summary>
    [Fact]
    public void Every_source_is_checked()
    {
        var sum = Sum(_scene.Hbm(DType.Bf16, 8, 4), _scene.Psum(DType.Fp32, 8, 4), _scene.Hbm(DType.Fp4E2M1X4, 8, 4));
        var findings = _scene.Findings(sum);
        Assert.Equal(["TRN2003", "TRN2004"], findings.Select(f => f.Code.Id));
        Assert.Contains("srcs[1]", findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("srcs[2]", findings[1].Message, StringComparison.Ordinal);
        Assert.Equal(["TRN2401"], _scene.Codes(Sum(_scene.Hbm(DType.Bf16, 8, 5))));
    }

    [Fact]
    public void Addresses_are_static_but_for_rows()
    {
        var source = _scene.Hbm(DType.Bf16, 8, 4) with { Dynamic = new DynamicOffset(OffsetKind.Register, 0, 0, 0, 4) };
        Assert.Equal(["TRN2011"], _scene.Codes(Sum(source)));
    }

    /// <summary>What dst holds is no part of a sum that does not name it.</summary>
    [Fact]
    public void One_source_is_the_sum()
    {
        var sum = Sum(_scene.Hbm(DType.Fp32, 8, 4));
        _scene.Run(
            b => b[sum.Dst.Tensor].Block.Span(b[sum.Dst.Tensor].Offset, 4)[3] = 0x3f,
            b => Assert.Equal(0, b[sum.Dst.Tensor].Block.Span(b[sum.Dst.Tensor].Offset, 4)[3]), 3, sum);
    }

    [Fact]
    public void Nothing_static_is_skipped()
    {
        Assert.Equal(["TRN2009"], _scene.Codes(Sum(_scene.Hbm(DType.Bf16, 8, 4)) with { OobMode = OobMode.Skip }));
        var tile = _scene.Sbuf(DType.Fp32, 8, 4);
        Assert.Empty(_scene.Codes(new DmaCompute(tile, [Rows(), tile], AluOp.Add, OobMode: OobMode.Skip)));
    }

    [Fact]
    public void Destination_is_a_source_or_apart_from_all()
    {
        var sum = Sum(_scene.Hbm(DType.Fp32, 8, 4), _scene.Hbm(DType.Fp32, 8, 4));
        Assert.Empty(_scene.Codes(sum with { Dst = sum.Srcs[1] }));
        Assert.Empty(_scene.Codes(sum with { Dst = sum.Srcs[1] with { DType = DType.Int32 } }));
        var later = sum.Srcs[1] with { Partitions = 7, Offset = 16 };
        var earlier = later with { Offset = 0 };
        Assert.Equal(["TRN2409"], _scene.Codes(sum with { Dst = later, Srcs = [earlier] }));
        Assert.Equal(["TRN2408"], _scene.Codes(sum with { Dst = sum.Dst with { Stride3 = 0 } }));
    }

    [Fact]
    public void Rows_are_added_in_place()
    {
        var (rows, tile) = (Rows(), _scene.Sbuf(DType.Fp32, 8, 4));
        var scatter = new DmaCompute(rows, [rows, tile], AluOp.Add);
        var gather = new DmaCompute(tile, [rows, tile], AluOp.Add);
        Assert.All([scatter, gather], o =>
        {
            Assert.Empty(_scene.Codes(o));
            Assert.Empty(_scene.Codes(o with { Srcs = [o.Srcs[1], o.Srcs[0]] }));
            Assert.Equal(["TRN2411"], _scene.Codes(o with { UniqueIndices = false }));
            Assert.Equal(["TRN2411"], _scene.Codes(o with { Srcs = [rows, tile, tile] }));
        });
        var other = _scene.Sbuf(DType.Fp32, 8, 4);
        Assert.Equal(["TRN2411"], _scene.Codes(gather with { Dst = other }));
        Assert.Equal(["TRN2411"], _scene.Codes(scatter with { Srcs = [rows, _scene.Hbm(DType.Fp32, 8, 4)] }));
    }

    [Fact]
    public void Two_sums_to_one_row_fault()
    {
        var (rows, tile) = (Rows(), _scene.Sbuf(DType.Fp32, 8, 4));
        var scatter = new DmaCompute(rows, [rows, tile], AluOp.Add, OobMode: OobMode.Skip);
        var fault = Assert.Throws<TrnException>(() => _scene.Run(_ => { }, _ => { }, 3, scatter));
        Assert.Equal("TRN3004", fault.Diagnostics[0].Code.Id);
        void Outside(Binding b)
        {
            for (var p = 1; p < 8; p++) b[rows.Dynamic.Source].Block.Span(p * b[rows.Dynamic.Source].PartitionStride, 1)[0] = 99;
        }

        _scene.Run(Outside, _ => { }, 3, scatter);
        _scene.Run(_ => { }, _ => { }, 3, new DmaCompute(tile, [tile, rows], AluOp.Add));
    }

    [Fact]
    public void All_sources_are_read()
    {
        var sum = Sum(_scene.Hbm(DType.Bf16, 8, 4), _scene.Hbm(DType.Bf16, 8, 4));
        Assert.Equal(
            [new(sum.Srcs[0], AccessKind.Read), new(sum.Srcs[1], AccessKind.Read), new MemoryEffect(sum.Dst, AccessKind.Write)],
            _scene.Effects(sum).Memory.ToArray());
    }

    [Fact]
    public void Bytes_of_all_sources_are_moved()
    {
        var sum = Sum(_scene.Hbm(DType.Bf16, 8, 4), _scene.Sbuf(DType.Fp32, 8, 4), _scene.Hbm(DType.Bf16, 8, 4));
        var transfer = _scene.Expand(sum).Transfer!.Value;
        Assert.Equal((DmaKind.Sum, 8, 8L + 16 + 8, 3), (transfer.Kind, transfer.Rows, transfer.RowBytes, transfer.RunsPerRow));
        Assert.Equal((16 * 3, 0), (transfer.HbmReadOf(32 * 3), transfer.HbmWrittenOf(32 * 3)));
        Assert.Equal(DgeMode.None, transfer.Descriptors);
    }

    private DmaCompute Sum(params AccessPattern[] srcs) =>
        new(_scene.Sbuf(DType.Fp32, 8, 4), EquatableArray.Create<AccessPattern>(srcs), AluOp.Add);

    private AccessPattern Rows() => _scene.Hbm(DType.Fp32, 8, 4) with
    {
        Dynamic = new DynamicOffset(OffsetKind.Vector, _scene.Sbuf(DType.Int32, 8, 1).Tensor, 0, 0, 4),
    };
}
