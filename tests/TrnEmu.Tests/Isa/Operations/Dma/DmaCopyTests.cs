using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Dma;

public sealed class DmaCopyTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Hbm_and_sbuf_reach_each_other()
    {
        AccessPattern[] sides = [_scene.Hbm(DType.Fp32, 8, 4), _scene.Sbuf(DType.Fp32, 8, 4)];
        Assert.All(sides, dst => Assert.All(sides, src => Assert.Empty(_scene.Codes(new DmaCopy(dst, src)))));
        var psum = _scene.Psum(DType.Fp32, 8, 4);
        Assert.Equal(["TRN2003"], _scene.Codes(new DmaCopy(psum, sides[0])));
        Assert.Equal(["TRN2003"], _scene.Codes(new DmaCopy(sides[0], psum)));
    }

    [Fact]
    public void A_row_has_fewer_than_2_to_the_31_elements()
    {
        AccessPattern Row(int side) => Scene.Free(_scene.Hbm(DType.UInt8, side, side), side) with
        {
            Partitions = 1,
            Count2 = side,
            Stride2 = side,
        };
        Assert.Empty(_scene.Codes(new DmaCopy(Row(46340), Row(46340))));
        Assert.Equal(["TRN2010", "TRN2010"], _scene.Codes(new DmaCopy(Row(46341), Row(46341))));
    }

    [Fact]
    public void Elements_are_as_many_in_any_shape()
    {
        Assert.Empty(_scene.Codes(new DmaCopy(_scene.Sbuf(DType.Fp32, 4, 8), _scene.Hbm(DType.Fp32, 32))));
        Assert.Equal(["TRN2401"], _scene.Codes(new DmaCopy(_scene.Sbuf(DType.Fp32, 4, 8), _scene.Hbm(DType.Fp32, 31))));
    }

    [Theory]
    [InlineData(2, Engine.Sync, "TRN2402")]
    [InlineData(3, Engine.Vector, "TRN2402")]
    [InlineData(3, Engine.GpSimd, "TRN2402")]
    [InlineData(3, Engine.Sync, null)]
    [InlineData(3, Engine.Scalar, null)]
    [InlineData(4, Engine.None, null)]
    public void Hardware_descriptors_come_from_sync_and_scalar(int generation, Engine engine, string? code)
    {
        var copy = new DmaCopy(_scene.Sbuf(DType.Fp32, 8, 4), _scene.Hbm(DType.Fp32, 8, 4), DgeMode: DgeMode.Hwdge);
        Assert.Equal(code is null ? [] : [code], _scene.Codes(copy, generation, engine));
        Assert.Empty(_scene.Codes(copy with { DgeMode = DgeMode.Swdge }, generation, engine));
    }

    [Fact]
    public void Hardware_descriptors_neither_convert_nor_gather()
    {
        var dst = _scene.Sbuf(DType.Bf16, 8, 4);
        Assert.Equal(["TRN2403"], _scene.Codes(new DmaCopy(dst, _scene.Hbm(DType.Fp32, 8, 4), DgeMode: DgeMode.Hwdge)));
        Assert.Equal(["TRN2403"], _scene.Codes(Gather() with { DgeMode = DgeMode.Hwdge }));
        Assert.Equal(["TRN2403"], _scene.Codes(Scatter() with { DgeMode = DgeMode.Hwdge }));
        Assert.Empty(_scene.Codes(Gather() with { DgeMode = DgeMode.Swdge }));
    }

    [Theory]
    [InlineData(DType.Fp8E4M3FnX4, DType.Fp8E4M3FnX4, null)]
    [InlineData(DType.Fp8E4M3FnX4, DType.UInt32, "TRN2004")]
    [InlineData(DType.Bf16, DType.Fp4E2M1X4, "TRN2004")]
    [InlineData(DType.Fp32, DType.E8M0, "TRN2099")]
    public void Packed_elements_are_not_converted(DType to, DType from, string? code) => Assert.Equal(
        code is null ? [] : [code], _scene.Codes(new DmaCopy(_scene.Sbuf(to, 8, 4), _scene.Hbm(from, 8, 4))));

    [Fact]
    public void Host_descriptors_are_static()
    {
        var copy = new DmaCopy(_scene.Sbuf(DType.Fp32, 8, 4), _scene.Hbm(DType.Fp32, 8, 4), DgeMode: DgeMode.None);
        var register = new DynamicOffset(OffsetKind.Register, 0, 0, 0, 4);
        Assert.Empty(_scene.Codes(copy));
        Assert.Equal(["TRN2403"], _scene.Codes(copy with { Src = copy.Src with { Dynamic = register } }));
        Assert.Equal(["TRN2403"], _scene.Codes(copy with { Dst = copy.Dst with { Dynamic = register } }));
    }

    [Fact]
    public void Gather_and_scatter_pair_rows_of_hbm()
    {
        Assert.Empty(_scene.Codes(Gather()));
        Assert.Empty(_scene.Codes(Scatter()));
        Assert.Empty(_scene.Codes(Gather(), 2));
        Assert.Equal(["TRN2099"], _scene.Codes(Gather() with { Dst = _scene.Sbuf(DType.Fp32, 4, 8) }));
        Assert.Equal(["TRN2401"], _scene.Codes(Gather() with { Dst = _scene.Sbuf(DType.Fp32, 4, 4) }));
        Assert.Equal(["TRN2404"], _scene.Codes(Gather() with { Dst = Scatter().Dst }));
        var rows = Gather();
        var onChip = _scene.Sbuf(DType.Fp32, 8, 4) with { Dynamic = rows.Src.Dynamic };
        Assert.Equal(["TRN2404"], _scene.Codes(rows with { Src = onChip }));
        Assert.Equal(["TRN2404"], _scene.Codes(rows with { Src = _scene.Hbm(DType.Fp32, 8, 4), Dst = onChip }));
    }

    [Theory]
    [InlineData(MemorySpace.Sbuf, DType.Int32, 8, 0, 0, true)]
    [InlineData(MemorySpace.Sbuf, DType.UInt32, 9, 1, 0, true)]
    [InlineData(MemorySpace.Sbuf, DType.Fp32, 8, 0, 0, false)]
    [InlineData(MemorySpace.Hbm, DType.Int32, 8, 0, 0, false)]
    [InlineData(MemorySpace.Sbuf, DType.Int32, 7, 0, 0, false)]
    [InlineData(MemorySpace.Sbuf, DType.Int32, 8, 1, 0, false)]
    [InlineData(MemorySpace.Sbuf, DType.Int32, 8, 0, 4, false)]
    [InlineData(MemorySpace.Sbuf, DType.Int32, 8, -1, 0, false)]
    [InlineData(MemorySpace.Sbuf, DType.Int32, 8, int.MaxValue, 0, false)]
    [InlineData(MemorySpace.Sbuf, DType.Int32, 8, 0, int.MaxValue, false)]
    public void Indices_are_32_bit_integers_in_sbuf(
        MemorySpace space, DType dtype, int rows, int partition, int offset, bool isLegal)
    {
        var index = space == MemorySpace.Sbuf ? _scene.Sbuf(dtype, rows, 1) : _scene.Hbm(dtype, rows, 1);
        var gather = Gather();
        var dynamic = new DynamicOffset(OffsetKind.Vector, index.Tensor, partition, offset, 4);
        Assert.Equal(
            isLegal ? [] : ["TRN2405"], _scene.Codes(gather with { Src = gather.Src with { Dynamic = dynamic } }));
    }

    [Fact]
    public void Effects_may_write_where_rows_may_be_left_out()
    {
        Assert.Equal(AccessKind.Write, WriteOf(Gather()));
        Assert.Equal(AccessKind.MayWrite, WriteOf(Gather() with { OobMode = OobMode.Skip }));
        Assert.Equal(AccessKind.MayWrite, WriteOf(Scatter()));
        var plain = new DmaCopy(_scene.Sbuf(DType.Fp32, 8, 4), _scene.Hbm(DType.Fp32, 8, 4), OobMode: OobMode.Skip);
        Assert.Equal(AccessKind.Write, WriteOf(plain));
        var register = new DynamicOffset(OffsetKind.Register, 2, 0, 0, 4);
        var moved = plain with { Dst = plain.Dst with { Dynamic = register } };
        Assert.Equal(AccessKind.MayWrite, WriteOf(moved));
        Assert.Equal(AccessKind.Write, WriteOf(moved with { OobMode = OobMode.Error }));
    }

    [Fact]
    public void Transfer_has_the_rows_of_the_sbuf_side()
    {
        var sbuf = _scene.Sbuf(DType.Bf16, 64, 32) with { StartPartition = 0 };
        var transfer = _scene.Expand(new DmaCopy(sbuf, _scene.Hbm(DType.Bf16, 2048))).Transfer;
        Assert.Equal(new DmaTransfer(MemorySpace.Hbm, MemorySpace.Sbuf, 0, 64, 64, 1, DType.Bf16), transfer);
        _scene.Place(sbuf, 32, 0);
        transfer = _scene.Expand(new DmaCopy(_scene.Hbm(DType.Bf16, 2048), sbuf)).Transfer;
        Assert.Equal(new DmaTransfer(MemorySpace.Sbuf, MemorySpace.Hbm, 32, 64, 64, 1, DType.Bf16), transfer);
    }

    /// <summary>No generator converts; software has to.</summary>
    [Fact]
    public void Descriptors_of_a_conversion_are_made_by_software_if_nobody_says_otherwise()
    {
        var (sbuf, hbm) = (_scene.Sbuf(DType.Bf16, 64, 32), _scene.Hbm(DType.Fp32, 2048));
        Assert.Equal(DgeMode.Swdge, Of(new DmaCopy(hbm, sbuf)));
        Assert.Equal(DgeMode.None, Of(new DmaCopy(hbm, sbuf, DgeMode: DgeMode.None)));
        Assert.Equal(DgeMode.Unknown, Of(new DmaCopy(_scene.Hbm(DType.Bf16, 2048), sbuf)));

        DgeMode Of(DmaCopy copy) => _scene.Expand(copy).Transfer!.Value.Descriptors;
    }

    /// <summary>Rows of the HBM side; what follows one another has no pitch.</summary>
    [Fact]
    public void Pitch_is_from_row_to_row_in_HBM()
    {
        var sbuf = _scene.Sbuf(DType.Fp32, 8, 16);
        Assert.Equal(0, Of(new DmaCopy(sbuf, _scene.Hbm(DType.Fp32, 8, 16))));
        Assert.Equal(32 * 4, Of(new DmaCopy(sbuf, Scene.Free(_scene.Hbm(DType.Fp32, 8, 32), 16))));
        Assert.Equal(32 * 4, Of(new DmaCopy(Scene.Free(_scene.Hbm(DType.Fp32, 8, 32), 16), sbuf)));

        long Of(DmaCopy copy) => _scene.Expand(copy).Transfer!.Value.HbmPitch;
    }

    [Fact]
    public void Runs_are_counted_on_the_worse_side()
    {
        var sbuf = _scene.Sbuf(DType.Fp32, 8, 16);
        var hbm = _scene.Hbm(DType.Fp32, 8, 32);
        Assert.Equal(16, RunsOf(new DmaCopy(sbuf, Scene.Free(hbm, 16, stride: 2))));
        Assert.Equal(4, RunsOf(new DmaCopy(sbuf, Scene.Free(hbm, 4) with { Count2 = 4, Stride2 = 8 })));
        Assert.Equal(1, RunsOf(new DmaCopy(sbuf, Scene.Free(hbm, 4) with { Count2 = 4, Stride2 = 4 })));
        Assert.Equal(1, RunsOf(new DmaCopy(sbuf, Scene.Free(hbm, 16))));
        Assert.Equal(2, RunsOf(new DmaCopy(sbuf, _scene.Hbm(DType.Fp32, 16, 9) with { Count3 = 8 })));
    }

    [Fact]
    public void Gather_and_scatter_are_transfers_of_their_own_kind()
    {
        Assert.Equal(DmaKind.Gather, _scene.Expand(Gather()).Transfer!.Value.Kind);
        Assert.Equal(DmaKind.Gather, _scene.Expand(Scatter()).Transfer!.Value.Kind);
        Assert.Equal(CostClass.DmaTrigger, Assert.Single(_scene.Expand(Gather()).Instructions.ToArray()).Class);
    }

    [Theory]
    [InlineData(OffsetKind.Register)]
    [InlineData(OffsetKind.Scalar)]
    [InlineData(OffsetKind.Vector)]
    public void An_index_outside_faults_or_is_skipped(OffsetKind kind)
    {
        var index = _scene.Sbuf(DType.Int32, 8, 1);
        var source = kind == OffsetKind.Register ? 5 : index.Tensor;
        var src = _scene.Hbm(DType.Fp32, 8, 4) with { Dynamic = new DynamicOffset(kind, source, 0, 0, 4) };
        var copy = new DmaCopy(_scene.Sbuf(DType.Fp32, 8, 4), src);
        var set = new Core.Isa.Operations.Control.RegisterMove(new Register(5), 9);
        void Prepare(Core.Machine.Binding b)
        {
            b[index.Tensor].Block.Span(b[index.Tensor].Offset, 1)[0] = 9;
            for (var row = 0; row < 8; row++) FirstByte(b, copy.Dst, row) = 0xA5;
        }

        var fault = Assert.Throws<TrnException>(() => _scene.Run(Prepare, _ => { }, 3, set, copy));
        Assert.Equal("TRN3001", fault.Diagnostics[0].Code.Id);
        _scene.Run(Prepare, b =>
        {
            Assert.Equal(0xA5, FirstByte(b, copy.Dst, 0));
            Assert.Equal(kind == OffsetKind.Vector ? 0 : 0xA5, FirstByte(b, copy.Dst, 1));
        }, 3, set, copy with { OobMode = OobMode.Skip });
    }

    [Theory]
    [InlineData(DType.UInt32, uint.MaxValue, 4)]
    [InlineData(DType.Int32, 1u << 30, 1L << 32)]
    [InlineData(DType.Int32, 1u << 31, 1L << 48)]
    public void An_index_far_outside_never_comes_back_inside(DType dtype, uint value, long stride)
    {
        var index = _scene.Sbuf(dtype, 1, 1);
        var dynamic = new DynamicOffset(OffsetKind.Scalar, index.Tensor, 0, 0, stride);
        var src = _scene.Hbm(DType.Fp32, 8, 4) with { Offset = 64, Partitions = 1, Dynamic = dynamic };
        var copy = new DmaCopy(_scene.Sbuf(DType.Fp32, 1, 4), src);
        void Prepare(Core.Machine.Binding b) => BitConverter.TryWriteBytes(b[index.Tensor].Block.Span(0, 4), value);
        var fault = Assert.Throws<TrnException>(() => _scene.Run(Prepare, _ => { }, 3, copy));
        Assert.Equal("TRN3001", fault.Diagnostics[0].Code.Id);
    }

    [Fact]
    public void A_gather_to_a_place_outside_is_skipped_as_a_whole()
    {
        var gather = Gather();
        var dst = gather.Dst with { Partitions = 8, Dynamic = new DynamicOffset(OffsetKind.Register, 5, 0, 0, 4) };
        var set = new Core.Isa.Operations.Control.RegisterMove(new Register(5), 9);
        var copy = gather with { Dst = dst };
        void Prepare(Core.Machine.Binding b)
        {
            for (var row = 0; row < 8; row++) FirstByte(b, dst, row) = 0xA5;
        }

        var fault = Assert.Throws<TrnException>(() => _scene.Run(Prepare, _ => { }, 3, set, copy));
        Assert.Equal("TRN3001", fault.Diagnostics[0].Code.Id);
        _scene.Run(
            Prepare, b => Assert.All(Enumerable.Range(0, 8), row => Assert.Equal(0xA5, FirstByte(b, dst, row))), 3, set,
            copy with { OobMode = OobMode.Skip });
    }

    [Fact]
    public void Destination_has_every_element_once_and_apart_from_the_source()
    {
        var hbm = _scene.Hbm(DType.Fp32, 8, 4);
        var sbuf = _scene.Sbuf(DType.Fp32, 8, 4);
        Assert.Equal(["TRN2408"], _scene.Codes(new DmaCopy(hbm with { PartitionStep = 0 }, sbuf)));
        Assert.Empty(_scene.Codes(new DmaCopy(sbuf, hbm with { PartitionStep = 0 })));
        var (later, earlier) = (hbm with { Partitions = 7, Offset = 16 }, hbm with { Partitions = 7 });
        Assert.Equal(["TRN2409"], _scene.Codes(new DmaCopy(later, earlier)));
        Assert.Empty(_scene.Codes(new DmaCopy(later with { Partitions = 4, Offset = 64 }, earlier with { Partitions = 4 })));
        Assert.Empty(_scene.Codes(new DmaCopy(hbm, hbm with { DType = DType.Int32 })));
        var index = _scene.Sbuf(DType.Int32, 8, 1);
        var gather = hbm with { Partitions = 1, Dynamic = new DynamicOffset(OffsetKind.Scalar, index.Tensor, 0, 0, 4) };
        Assert.Equal(["TRN2409"], _scene.Codes(new DmaCopy(index with { Partitions = 4 }, gather)));
    }

    [Fact]
    public void Indices_that_move_source_and_destination_together_fault()
    {
        var hbm = _scene.Hbm(DType.Fp32, 8, 4);
        var src = hbm with { Partitions = 2, Dynamic = new DynamicOffset(OffsetKind.Register, 5, 0, 0, 4) };
        var copy = new DmaCopy(hbm with { Partitions = 2 }, src);
        Core.Isa.Operations.Control.RegisterMove Set(int value) => new(new Register(5), value);
        var fault = Assert.Throws<TrnException>(() => _scene.Run(_ => { }, _ => { }, 3, Set(1), copy));
        Assert.Equal("TRN3007", fault.Diagnostics[0].Code.Id);
        _scene.Run(_ => { }, _ => { }, 3, Set(2), copy, Set(0), copy);
    }

    private static ref byte FirstByte(Core.Machine.Binding binding, in AccessPattern p, int row)
    {
        var place = binding[p.Tensor];
        return ref place.Block.Span(place.Offset + row * place.PartitionStride, 1)[0];
    }

    private AccessKind WriteOf(DmaCopy copy) =>
        Assert.Single(_scene.Effects(copy).Memory.ToArray(), e => e.Writes && e.Pattern == copy.Dst).Kind;

    private int RunsOf(DmaCopy copy) => _scene.Expand(copy).Transfer!.Value.RunsPerRow;

    private DmaCopy Gather() => new(_scene.Sbuf(DType.Fp32, 8, 4), Indexed());

    private DmaCopy Scatter() => new(Indexed(), _scene.Sbuf(DType.Fp32, 8, 4));

    private AccessPattern Indexed() => _scene.Hbm(DType.Fp32, 8, 4) with
    {
        Dynamic = new DynamicOffset(OffsetKind.Vector, _scene.Sbuf(DType.Int32, 8, 1).Tensor, 0, 0, 4),
    };
}
