using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Operations;

namespace TrnEmu.Tests.Isa;

/// <summary>Operands with an index for each element.</summary>
public sealed class IndirectTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(3, "TRN2001")]
    [InlineData(4, null)]
    public void From_generation_4(int generation, string? code)
    {
        var src = Indirect(_scene.Sbuf(DType.Fp32, 32, 64), 5);
        Assert.Equal(Codes(code), _scene.Codes(new TensorCopy(_scene.Sbuf(DType.Fp32, 32, 5), src), generation));
    }

    [Fact]
    public void Only_where_the_header_says()
    {
        var (dst, data1) = (_scene.Sbuf(DType.Fp32, 32, 5), _scene.Sbuf(DType.Fp32, 32, 5));
        var data2 = Indirect(_scene.Sbuf(DType.Fp32, 32, 64), 5);
        Assert.Equal(["TRN2011"], _scene.Codes(new TensorTensor(dst, data1, data2, AluOp.Add), 4));
        Assert.Empty(_scene.Codes(new TensorTensor(dst, data2, data1, AluOp.Add), 4));
    }

    [Theory]
    [InlineData(16, null)]
    [InlineData(24, "TRN2099")]
    [InlineData(128, null)]
    public void Whole_groups(int partitions, string? code)
    {
        var src = Indirect(_scene.Sbuf(DType.Fp32, partitions, 64), 5);
        Assert.Equal(Codes(code), _scene.Codes(new TensorCopy(_scene.Sbuf(DType.Fp32, partitions, 5), src), 4));
    }

    [Theory]
    [InlineData(32, 32, null)]
    [InlineData(32, 64, "TRN2007")]
    [InlineData(40, 40, "TRN2007")]
    public void Data_begins_where_its_index_does(int data, int index, string? code)
    {
        var src = Indirect(_scene.Sbuf(DType.Fp32, 32, 64), 5);
        _scene.Place(src, data, 0);
        _scene.Place(src with { Tensor = src.Dynamic.Source }, index, 4096);
        var codes = _scene.Codes(new TensorCopy(_scene.Sbuf(DType.Fp32, 32, 5), src), 4);
        Assert.Equal(Codes(code), codes.Distinct());
    }

    [Fact]
    public void Scalar_scatters_to_sbuf_only()
    {
        var dst = Indirect(_scene.Psum(DType.Fp32, 32, 64), 5);
        var copy = new TensorCopy(dst, _scene.Sbuf(DType.Fp32, 32, 5));
        Assert.Equal(["TRN2003"], _scene.Codes(copy, 4, Engine.Scalar));
        Assert.Empty(_scene.Codes(copy, 4, Engine.Vector));
        Assert.Equal(["TRN2002"], _scene.Codes(new TensorCopy(_scene.Sbuf(DType.Fp32, 32, 5), Indirect(_scene.Sbuf(DType.Fp32, 32, 64), 5)), 4, Engine.GpSimd));
    }

    [Fact]
    public void Sixteen_partitions_share_indices_in_snake_order()
    {
        var src = Indirect(_scene.Sbuf(DType.Int32, 32, 64), 18);
        var dst = _scene.Sbuf(DType.Int32, 32, 18);
        _scene.Run(
            binding => Fill(binding, src),
            binding =>
            {
                for (var p = 0; p < 32; p++)
                    for (var i = 0; i < 18; i++) Assert.Equal(1000 * p + Index(p / 16, i), Word(binding, dst.Tensor, p, i));
            },
            4, new TensorCopy(dst, src));
    }

    [Fact]
    public void Of_equal_indices_the_later_element_stays()
    {
        var dst = Indirect(_scene.Sbuf(DType.Int32, 16, 8), 3);
        var src = _scene.Sbuf(DType.Int32, 16, 3);
        _scene.Run(
            binding =>
            {
                for (var p = 0; p < 16; p++)
                    for (var i = 0; i < 3; i++) Word(binding, src.Tensor, p, i) = 10 * p + i + 1;
                for (var i = 0; i < 3; i++) Word(binding, dst.Dynamic.Source, i, 0) = 5;
            },
            binding =>
            {
                for (var p = 0; p < 16; p++) Assert.Equal((0, 10 * p + 3), (Word(binding, dst.Tensor, p, 4), Word(binding, dst.Tensor, p, 5)));
            },
            4, new TensorCopy(dst, src));
    }

    [Theory]
    [InlineData(63, false)]
    [InlineData(64, true)]
    [InlineData(-1, true)]
    public void An_index_outside_is_a_fault(int index, bool isFault)
    {
        var src = Indirect(_scene.Sbuf(DType.Int32, 32, 64), 5);
        void Run() => _scene.Run(
            binding => Word(binding, src.Dynamic.Source, 20, 0) = index, _ => { }, 4, new TensorCopy(_scene.Sbuf(DType.Int32, 32, 5), src));
        if (isFault) Assert.Equal("TRN3001", Assert.Throws<TrnException>(Run).Diagnostics[0].Code.Id);
        else Run();
    }

    private static string[] Codes(string? code) => code is null ? [] : [code];

    private AccessPattern Indirect(AccessPattern p, int count)
    {
        var index = _scene.Sbuf(DType.Int32, p.Partitions, (count + 15) / 16);
        return Scene.Free(p, count) with { Dynamic = new DynamicOffset(OffsetKind.Indirect, index.Tensor, 0, 0, 1, 16) };
    }

    private static int Index(int group, int i) => (7 * i + 11 * group + 3) % 64;

    private static void Fill(Binding binding, AccessPattern src)
    {
        for (var p = 0; p < 32; p++)
            for (var f = 0; f < 64; f++) Word(binding, src.Tensor, p, f) = 1000 * p + f;
        for (var p = 0; p < 32; p++)
            for (var k = 0; k < 2; k++) Word(binding, src.Dynamic.Source, p, k) = Index(p / 16, 16 * k + p % 16);
    }

    private static ref int Word(Binding binding, int tensor, int partition, int element)
    {
        var place = binding[tensor];
        var bytes = place.Block.Span(place.Offset + partition * place.PartitionStride + element * sizeof(int), sizeof(int));
        return ref System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(bytes)[0];
    }
}
