using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Dma;

public sealed class DmaTransposeTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Result_mirrors_the_source()
    {
        Assert.Empty(_scene.Codes(Make(DType.Bf16, 200, 128)));
        Assert.Equal(["TRN2104"], _scene.Codes(Make(DType.Bf16, 8, 4) with { Dst = _scene.Sbuf(DType.Bf16, 8, 4) }));
        Assert.Equal(["TRN2106"], _scene.Codes(Make(DType.Bf16, 8, 4) with { Dst = _scene.Sbuf(DType.Fp16, 4, 8) }));
    }

    [Fact]
    public void Elements_have_2_or_4_bytes()
    {
        Assert.Empty(_scene.Codes(Make(DType.Int32, 8, 4)));
        Assert.Equal(["TRN2406"], _scene.Codes(Make(DType.Int8, 8, 4)));
    }

    [Fact]
    public void Result_and_source_are_apart()
    {
        var sbuf = _scene.Sbuf(DType.Fp32, 8, 8);
        Assert.Equal(["TRN2112"], _scene.Codes(new DmaTranspose(sbuf, sbuf)));
    }

    /// <summary>What an index moves is known while running.</summary>
    [Theory]
    [InlineData(64, 0, false)]
    [InlineData(64, 4, false)]
    [InlineData(64, 5, true)]
    [InlineData(64, 8, false)]
    [InlineData(0, 0, true)]
    public void Result_and_source_are_moved_within_a_tensor(int dst, int index, bool isFault)
    {
        var tile = Scene.Free(_scene.Sbuf(DType.Bf16, 8, 128), 8);
        var transpose = new DmaTranspose(
            tile with { Offset = dst * 2 }, tile with { Dynamic = new DynamicOffset(OffsetKind.Register, 5, 0, 0, 14) });
        Assert.Empty(_scene.Codes(transpose));
        var set = new Core.Isa.Operations.Control.RegisterMove(new Register(5), index);
        void Run() => _scene.Run(_ => { }, _ => { }, 3, set, transpose);
        if (isFault) Assert.Equal("TRN3007", Assert.Throws<TrnException>(Run).Diagnostics[0].Code.Id);
        else Run();
    }

    /// <summary>The first and the last dimension change places, those between stay.</summary>
    [Fact]
    public void Dimensions_between_stay()
    {
        var src = _scene.Hbm(DType.Bf16, 4, 2, 3);
        var turned = new DmaTranspose(_scene.Sbuf(DType.Bf16, 3, 2, 4), src, Axes: [2, 1, 0]);
        Assert.Empty(_scene.Codes(turned));
        Assert.Empty(_scene.Codes(turned with { Axes = default }));
        Assert.Equal(["TRN2104"], _scene.Codes(turned with { Axes = [1, 0] }));
        Assert.Equal(["TRN2009"], _scene.Codes(turned with { Axes = [0, 1, 2] }));
        void Fill(Core.Machine.Binding b)
        {
            for (var i = 0; i < 24; i++) b[src.Tensor].Block.Span(2 * i, 1)[0] = (byte)i;
        }

        _scene.Run(Fill, b =>
        {
            var place = b[turned.Dst.Tensor];
            for (var p = 0; p < 4; p++)
                for (var a = 0; a < 2; a++)
                    for (var f = 0; f < 3; f++)
                        Assert.Equal(p * 6 + a * 3 + f, place.Block.Span(place.Offset + f * place.PartitionStride + 2 * (a * 4 + p), 1)[0]);
        }, 3, turned);
    }

    [Fact]
    public void Result_is_in_sbuf() => Assert.Equal(
        ["TRN2003"], _scene.Codes(Make(DType.Bf16, 8, 4) with { Dst = _scene.Hbm(DType.Bf16, 4, 8) }));

    [Fact]
    public void Result_is_not_scattered()
    {
        var rows = new DynamicOffset(OffsetKind.Vector, _scene.Sbuf(DType.Int32, 8, 1).Tensor, 0, 0, 1);
        var transpose = Make(DType.Bf16, 8, 4);
        Assert.Equal(["TRN2011"], _scene.Codes(transpose with { Dst = transpose.Dst with { Dynamic = rows } }));
    }

    [Theory]
    [InlineData(32, 32, 1, true)]
    [InlineData(32, 48, 1, true)]
    [InlineData(256, 128, 2, true)]
    [InlineData(144, 128, 2, true)]
    [InlineData(20, 20, 1, false)]
    [InlineData(128, 64, 2, false)]
    [InlineData(144, 144, 1, false)]
    public void Gathered_rows_come_in_sixteens(int rows, int column, int columns, bool isLegal)
    {
        var gather = Gather(rows, column, columns);
        Assert.Equal(isLegal, _scene.Codes(gather).Length == 0);
    }

    [Fact]
    public void Gathered_rows_are_2_byte_elements_of_hbm_by_uint32()
    {
        var gather = Gather(32, 32, 1);
        Assert.Equal(["TRN2001"], _scene.Codes(gather, 2));
        Assert.Equal(["TRN2403"], _scene.Codes(gather with { DgeMode = DgeMode.Hwdge }));
        Assert.Empty(_scene.Codes(gather with { DgeMode = DgeMode.Swdge }));
        var wide = Make(DType.Fp32, 32, 8);
        Assert.Equal(["TRN2406"], _scene.Codes(wide with { Src = wide.Src with { Dynamic = gather.Src.Dynamic } }));
        var signed = gather.Src.Dynamic with { Source = _scene.Sbuf(DType.Int32, 32, 1).Tensor };
        Assert.Equal(["TRN2405"], _scene.Codes(gather with { Src = gather.Src with { Dynamic = signed } }));
    }

    [Fact]
    public void One_of_two_middle_dimensions_is_1_where_rows_are_gathered()
    {
        var dynamic = Gather(32, 32, 1).Src.Dynamic;
        DmaTranspose Four(int a, int b) => new(
            _scene.Sbuf(DType.Bf16, 8, a * b * 32), _scene.Hbm(DType.Bf16, 32, a, b, 8) with
            {
                Count1 = a,
                Stride1 = b * 8,
                Count2 = b,
                Stride2 = 8,
                Count3 = 8,
                Dynamic = dynamic,
            }, [3, 1, 2, 0]);
        Assert.Empty(_scene.Codes(Four(1, 4)));
        Assert.Empty(_scene.Codes(Four(4, 1)));
        Assert.Equal(["TRN2407"], _scene.Codes(Four(2, 2)));
        Assert.Empty(_scene.Codes(Four(2, 2) with { Src = Four(2, 2).Src with { Dynamic = default } }));
    }

    [Fact]
    public void Software_descriptors_only_gather_and_host_descriptors_do_all_else()
    {
        Assert.Equal(["TRN2403"], _scene.Codes(Make(DType.Bf16, 8, 4) with { DgeMode = DgeMode.Swdge }));
        var byHost = Make(DType.Fp32, 24, 3) with { DgeMode = DgeMode.None };
        Assert.Empty(_scene.Codes(byHost));
        Assert.Equal(DgeMode.None, _scene.Expand(byHost).Transfer!.Value.Descriptors);
    }

    [Fact]
    public void A_gather_to_a_place_outside_is_skipped_as_a_whole()
    {
        var gather = Gather(32, 32, 1);
        var moved = gather with { Dst = gather.Dst with { Dynamic = new DynamicOffset(OffsetKind.Register, 5, 0, 0, 32) } };
        var set = new Core.Isa.Operations.Control.RegisterMove(new Register(5), 1);
        void Fill(Core.Machine.Binding b) => b[gather.Dst.Tensor].Block.Span(b[gather.Dst.Tensor].Offset, 1)[0] = 0xA5;
        var fault = Assert.Throws<TrnException>(() => _scene.Run(Fill, _ => { }, 3, set, moved));
        Assert.Equal("TRN3001", fault.Diagnostics[0].Code.Id);
        _scene.Run(
            Fill, b => Assert.Equal(0xA5, b[gather.Dst.Tensor].Block.Span(b[gather.Dst.Tensor].Offset, 1)[0]), 3, set,
            moved with { OobMode = OobMode.Skip });
    }

    [Fact]
    public void Nothing_static_is_skipped() => Assert.Equal(
        ["TRN2009"], _scene.Codes(Make(DType.Bf16, 8, 4) with { OobMode = OobMode.Skip }));

    [Theory]
    [InlineData(4, 3, null)]
    [InlineData(4, 4, "TRN2412")]
    [InlineData(4, -1, "TRN2412")]
    [InlineData(3, 0, "TRN2412")]
    public void Priorities_came_with_generation_4(int generation, int priority, string? code)
    {
        string[] codes = code is null ? [] : [code];
        Assert.Equal(codes, _scene.Codes(Make(DType.Bf16, 8, 4) with { Priority = priority }, generation));
        Assert.Equal(codes, _scene.Codes(
            new DmaCopy(_scene.Sbuf(DType.Bf16, 8, 4), _scene.Hbm(DType.Bf16, 8, 4), priority), generation));
    }

    [Theory]
    [InlineData(DType.Bf16, 16, 1, null)]
    [InlineData(DType.Bf16, 8, 1, "TRN2407")]
    [InlineData(DType.Fp32, 16, 1, "TRN2407")]
    [InlineData(DType.Bf16, 8, 2, null)]
    [InlineData(DType.Bf16, 8, 3, "TRN2407")]
    [InlineData(DType.Bf16, 5, 16, "TRN2407")]
    [InlineData(DType.Bf16, 32, 2, "TRN2407")]
    public void Hardware_descriptors_take_small_blocks(DType dtype, int rows, int middle, string? code)
    {
        var dst = _scene.Sbuf(dtype, 128, rows * middle);
        var transpose = new DmaTranspose(dst, _scene.Hbm(dtype, rows, 128 * middle), DgeMode: DgeMode.Hwdge);
        Assert.Equal(code is null ? [] : [code], _scene.Codes(transpose));
    }

    /// <summary>Of [P, A, B, F] that is B, of [P, A, F] all between, however many levels it takes.</summary>
    [Fact]
    public void Hardware_descriptors_count_the_dimension_before_the_last()
    {
        var src = Scene.Free(_scene.Hbm(DType.Bf16, 4, 4 * 16), 8) with { Count1 = 2, Stride1 = 32, Count2 = 2, Stride2 = 8 };
        var turned = new DmaTranspose(_scene.Sbuf(DType.Bf16, 8, 16), src, [2, 1, 0], DgeMode: DgeMode.Hwdge);
        Assert.Empty(_scene.Codes(turned));
        Assert.Equal(["TRN2407"], _scene.Codes(turned with { Axes = [3, 1, 2, 0] }));
        Assert.Equal(["TRN2407"], _scene.Codes(turned with { Axes = default }));
    }

    [Fact]
    public void Hardware_descriptors_came_with_generation_3() =>
        Assert.Equal(["TRN2402"], _scene.Codes(Make(DType.Bf16, 16, 128) with { DgeMode = DgeMode.Hwdge }, 2));

    [Fact]
    public void Before_generation_3_every_element_is_a_piece()
    {
        var transfer = _scene.Expand(Make(DType.Bf16, 64, 32), 2).Transfer!.Value;
        Assert.Equal((DmaKind.Copy, 32, 64), (transfer.Kind, transfer.Rows, transfer.RunsPerRow));
        Assert.Equal(DmaKind.Transpose, _scene.Expand(Make(DType.Bf16, 64, 32), 3).Transfer!.Value.Kind);
    }

    private DmaTranspose Make(DType dtype, int p, int f) => new(_scene.Sbuf(dtype, f, p), _scene.Hbm(dtype, p, f));

    private DmaTranspose Gather(int rows, int column, int columns)
    {
        var index = _scene.Sbuf(DType.UInt32, column, columns).Tensor;
        var transpose = Make(DType.Bf16, rows, 8);
        var dynamic = new DynamicOffset(OffsetKind.Vector, index, 0, 0, 8, rows > column ? column : 0);
        return transpose with { Src = transpose.Src with { Dynamic = dynamic } };
    }
}
