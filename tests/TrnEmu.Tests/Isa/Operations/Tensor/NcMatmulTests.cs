using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Tensor;

public sealed class NcMatmulTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_full_tile_is_legal(int generation) => Assert.Empty(_scene.Codes(Make(128, 128, 512), generation));

    [Fact]
    public void Moving_free_size_is_limited_by_one_bank()
    {
        var finding = Assert.Single(_scene.Findings(Make(128, 128, 513)), f => f.Code.Id == "TRN2103");
        Assert.Equal(
            "nc_matmul: moving free size is 513, limit 512 (one PSUM bank holds 512 fp32 per partition)",
            finding.Message);
    }

    [Theory]
    [InlineData(DType.Fp32, 4096)]
    [InlineData(DType.Bf16, 8192)]
    public void Generation_4_fills_all_of_psum(DType dst, int limit)
    {
        Assert.Empty(_scene.Codes(Make(128, 128, limit, dst), 4));
        var wide = Make(128, 128, limit, dst) with { Moving = _scene.Sbuf(DType.Bf16, 128, limit + 1) };
        Assert.Equal(["TRN2103", "TRN2104"], _scene.Codes(wide, 4));
    }

    [Fact]
    public void Accumulation_is_decided() =>
        Assert.Equal(["TRN2113"], _scene.Codes(Make(8, 8, 8) with { Accumulate = Accumulation.Automatic }));

    [Fact]
    public void Contraction_sizes_are_equal() =>
        Assert.Equal(["TRN2101"], _scene.Codes(Make(128, 64, 32) with { Moving = _scene.Sbuf(DType.Bf16, 64, 32) }));

    [Fact]
    public void Stationary_has_at_most_128_columns()
    {
        var wide = Make(128, 128, 32) with { Stationary = _scene.Sbuf(DType.Bf16, 128, 129) };
        Assert.Equal(["TRN2102", "TRN2104"], _scene.Codes(wide));
    }

    [Theory]
    [InlineData(64, 31)]
    [InlineData(32, 32)]
    public void Result_is_M_by_N(int m, int n) =>
        Assert.Equal(["TRN2104"], _scene.Codes(Make(128, 64, 32) with { Dst = _scene.Psum(DType.Fp32, m, n) }));

    [Fact]
    public void Fp32_meets_fp32_only()
    {
        Assert.Equal(["TRN2105"], _scene.Codes(Make(8, 8, 8) with { Moving = _scene.Sbuf(DType.Fp32, 8, 8) }));
        Assert.Equal(["TRN2105"], _scene.Codes(Make(8, 8, 8) with { Stationary = _scene.Sbuf(DType.Fp32, 8, 8) }));
        Assert.Empty(_scene.Codes(Make(8, 8, 8) with { Stationary = _scene.Sbuf(DType.Fp16, 8, 8) }));
    }

    [Theory]
    [InlineData(DType.Bf16, 3, false)]
    [InlineData(DType.Bf16, 4, true)]
    [InlineData(DType.Fp16, 4, false)]
    public void Result_dtype_depends_on_the_generation(DType dst, int generation, bool isLegal) =>
        Assert.Equal(isLegal ? [] : ["TRN2106"], _scene.Codes(Make(8, 8, 8, dst), generation));

    [Fact]
    public void Integers_are_refused() =>
        Assert.Equal(["TRN2004"], _scene.Codes(Make(8, 8, 8) with { Moving = _scene.Sbuf(DType.Int8, 8, 8) }));

    [Fact]
    public void Operands_lie_in_sbuf_and_the_result_in_psum()
    {
        Assert.Equal(["TRN2003"], _scene.Codes(Make(8, 8, 8) with { Moving = _scene.Psum(DType.Bf16, 8, 8) }));
        Assert.Equal(["TRN2003"], _scene.Codes(Make(8, 8, 8) with { Stationary = _scene.Psum(DType.Bf16, 8, 8) }));
        Assert.Equal(["TRN2003"], _scene.Codes(Make(8, 8, 8) with { Dst = _scene.Sbuf(DType.Fp32, 8, 8) }));
    }

    [Fact]
    public void Only_the_tensor_engine_multiplies() =>
        Assert.Equal(["TRN2002"], _scene.Codes(Make(8, 8, 8), engine: Engine.Vector));

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Result_stays_in_one_bank(int generation, bool isLimited)
    {
        var psum = _scene.Psum(DType.Fp32, 8, 1024);
        var dst = Scene.Free(psum, 256) with { Offset = 1028 };
        Assert.Equal(isLimited ? ["TRN2107"] : [], _scene.Codes(Make(8, 8, 256) with { Dst = dst }, generation));
        Assert.Empty(_scene.Codes(Make(8, 8, 256) with { Dst = dst with { Offset = 2048 } }, generation));
    }

    [Fact]
    public void Bank_counts_from_the_address_once_known()
    {
        var psum = _scene.Psum(DType.Fp32, 8, 256);
        _scene.Place(psum, 0, 1024);
        Assert.Empty(_scene.Codes(Make(8, 8, 256) with { Dst = psum }));
        _scene.Place(psum, 0, 1536);
        Assert.Equal(["TRN2107"], _scene.Codes(Make(8, 8, 256) with { Dst = psum }));
    }

    [Fact]
    public void Result_is_static_and_operands_move_as_a_whole()
    {
        var register = new DynamicOffset(OffsetKind.Register, 3, 0, 0, 1);
        var rows = new DynamicOffset(OffsetKind.Vector, _scene.Sbuf(DType.Int32, 8, 1).Tensor, 0, 0, 1);
        var matmul = Make(8, 8, 8);
        Assert.Equal(["TRN2011"], _scene.Codes(matmul with { Dst = matmul.Dst with { Dynamic = register } }));
        Assert.Empty(_scene.Codes(matmul with { Moving = matmul.Moving with { Dynamic = register } }));
        Assert.Equal(["TRN2011"], _scene.Codes(matmul with { Moving = matmul.Moving with { Dynamic = rows } }));
        Assert.Equal(["TRN2011"], _scene.Codes(matmul with { Stationary = matmul.Stationary with { Dynamic = rows } }));
    }

    [Theory]
    [InlineData(new[] { 0, 64 }, true)]
    [InlineData(new[] { 4, 60 }, true)]
    [InlineData(new[] { 4, 59 }, false)]
    [InlineData(new[] { 4, 0, 60 }, false)]
    public void Mixed_runs_cover_the_result(int[] runs, bool isLegal)
    {
        var matmul = Make(8, 8, 8) with { Accumulate = new Accumulation(AccumulationKind.Mixed, [.. runs]) };
        Assert.Equal(isLegal ? [] : ["TRN2109"], _scene.Codes(matmul));
    }

    [Fact]
    public void Transpose_mode_keeps_the_dtype_from_generation_3()
    {
        var transpose = Make(8, 4, 8) with { IsTranspose = true };
        Assert.Equal(["TRN2106"], _scene.Codes(transpose));
        Assert.Empty(_scene.Codes(transpose, generation: 2));
        Assert.Empty(_scene.Codes(transpose with { Dst = _scene.Psum(DType.Bf16, 4, 8) }));
    }

    [Fact]
    public void Transpose_mode_takes_the_identity_and_adds_nothing()
    {
        var square = Make(8, 4, 8, DType.Bf16) with { IsTranspose = true };
        Assert.Equal(["TRN2108"], _scene.Codes(Make(8, 4, 6, DType.Bf16) with { IsTranspose = true }));
        Assert.Equal(["TRN2108"], _scene.Codes(square with { Accumulate = true }));
        Assert.Empty(_scene.Codes(square with { Accumulate = false }));
    }

    [Theory]
    [InlineData(false, AccessKind.Write)]
    [InlineData(true, AccessKind.Accumulate)]
    public void Effects_follow_the_accumulation(bool adds, AccessKind kind)
    {
        var matmul = Make(8, 8, 8) with { Accumulate = adds };
        Assert.Equal(
            [new(matmul.Stationary, AccessKind.Read), new(matmul.Moving, AccessKind.Read), new(matmul.Dst, kind)],
            _scene.Effects(matmul).Memory.ToArray());
    }

    [Fact]
    public void Mixed_effects_name_each_part_once()
    {
        var matmul = Make(8, 3, 8) with { Accumulate = new Accumulation(AccumulationKind.Mixed, [5, 3, 5, 11]) };
        var dst = matmul.Dst;
        var columns = dst with { Partitions = 2 };
        MemoryEffect[] expected =
        [
            new(Scene.Free(columns, 5), AccessKind.Write),
            new(Scene.Free(columns, 3) with { Offset = 20 }, AccessKind.Accumulate),
            new(dst with { StartPartition = 2, Partitions = 1 }, AccessKind.Accumulate),
        ];
        Assert.Equal(expected, _scene.Effects(matmul).Memory[2..].ToArray());
    }

    [Fact]
    public void Expands_to_a_load_and_a_product()
    {
        var instructions = _scene.Expand(Make(100, 96, 200)).Instructions;
        Assert.Equal(
            [(CostClass.LoadStationary, 96, 100), (CostClass.MultiplyMoving, 200, 100)],
            instructions.ToArray().Select(i => (i.Class, i.Items, i.Rows)));
    }

    [Fact]
    public void Fp32_takes_several_passes()
    {
        var fp32 = _scene.Sbuf(DType.Fp32, 8, 8);
        var matmul = new NcMatmul(_scene.Psum(DType.Fp32, 8, 8), fp32, fp32, Accumulate: false);
        Assert.True(Traits(matmul).HasFlag(InstructionTraits.MultiPass));
        Assert.False(Traits(Make(8, 8, 8)).HasFlag(InstructionTraits.MultiPass));
    }

    [Fact]
    public void Odd_rows_are_misaligned()
    {
        var matmul = Make(8, 8, 8);
        var wide = _scene.Sbuf(DType.Bf16, 8, 9);
        Assert.Equal(0, Move(matmul with { Moving = Scene.Free(wide, 8) }).MisalignedRows);
        var odd = Scene.Free(wide, 8) with { Offset = 2 };
        Assert.Equal(1, Move(matmul with { Moving = odd }).MisalignedRows);
        var rows = Scene.Free(wide, 2) with { Count2 = 3, Stride2 = 3 };
        Assert.Equal(1, Move(matmul with { Moving = rows }).MisalignedRows);
        Assert.Equal(2, Move(matmul with { Moving = rows with { Offset = 2 } }).MisalignedRows);
    }

    [Theory]
    [InlineData(2, CostClass.MultiplyMoving)]
    [InlineData(3, CostClass.TransposeMoving)]
    public void Transpose_mode_came_with_generation_3(int generation, CostClass expected)
    {
        var matmul = Make(8, 4, 8, DType.Bf16) with { IsTranspose = true };
        Assert.Equal(expected, _scene.Expand(matmul, generation).Instructions[1].Class);
    }

    [Fact]
    public void Automatic_accumulation_does_not_execute() =>
        Assert.Throws<InvalidOperationException>(() => _scene.Run(_ => { }, _ => { }, 3, Make(8, 8, 8) with { Accumulate = Accumulation.Automatic }));

    [Fact]
    public void Transpose_mode_demands_the_identity()
    {
        var matmul = Make(8, 4, 8, DType.Bf16) with { IsTranspose = true };
        var fault = Assert.Throws<Core.Diagnostics.TrnException>(() => _scene.Run(_ => { }, _ => { }, 3, matmul));
        Assert.Equal("TRN3003", fault.Diagnostics[0].Code.Id);
    }

    [Fact]
    public void Tiling_takes_position_and_size()
    {
        var matmul = Make(32, 32, 8);
        Assert.Equal(["TRN2114"], _scene.Codes(matmul with { TilePosition = (0, 0) }));
        Assert.Equal(["TRN2114"], _scene.Codes(matmul with { TileSize = (32, 32) }));
        Assert.Empty(_scene.Codes(matmul with { TilePosition = (0, 0), TileSize = (32, 64) }));
    }

    [Theory]
    [InlineData(64, 2, true)]
    [InlineData(32, 2, false)]
    [InlineData(32, 3, true)]
    [InlineData(16, 4, false)]
    [InlineData(96, 4, false)]
    [InlineData(256, 4, false)]
    [InlineData(0, 4, false)]
    [InlineData(-32, 4, false)]
    public void The_array_is_cut_into_halves_and_later_into_quarters(int size, int generation, bool isLegal)
    {
        string[] expected = isLegal ? [] : ["TRN2114"];
        var tiled = Make(16, 16, 8) with { TilePosition = (0, 0), TileSize = (size, 128) };
        Assert.Equal(expected, _scene.Codes(tiled, generation));
        Assert.Equal(expected, _scene.Codes(tiled with { TileSize = (128, size) }, generation));
    }

    [Theory]
    [InlineData(96, true)]
    [InlineData(32, true)]
    [InlineData(16, false)]
    [InlineData(128, false)]
    [InlineData(-32, false)]
    public void A_tile_starts_at_a_multiple_of_its_size(int start, bool isLegal)
    {
        var tiled = Make(32, 32, 8) with { TilePosition = (start, 0), TileSize = (32, 32) };
        foreach (var p in (AccessPattern[])[tiled.Stationary, tiled.Moving]) _scene.Place(p, start is 32 or 96 ? start : 0, 0);
        Assert.Equal(isLegal ? [] : ["TRN2114"], _scene.Codes(tiled));
    }

    [Fact]
    public void Stationary_fits_the_tile()
    {
        var tiled = Make(64, 33, 8) with { TilePosition = (0, 0), TileSize = (32, 32) };
        Assert.Equal(["TRN2102", "TRN2114", "TRN2115", "TRN2115", "TRN2115"], _scene.Codes(tiled));
    }

    [Fact]
    public void Operands_lie_where_the_tile_is_wired_to()
    {
        var tiled = Make(32, 64, 8) with { TilePosition = (64, 64), TileSize = (64, 64) };
        Assert.Equal(["TRN2115", "TRN2115", "TRN2115"], _scene.Codes(tiled));
        _scene.Place(tiled.Stationary, 64, 0);
        _scene.Place(tiled.Moving, 96, 0);
        _scene.Place(tiled.Dst, 64, 0);
        Assert.Empty(_scene.Codes(tiled));
        _scene.Place(tiled.Moving, 32, 0);
        var finding = Assert.Single(_scene.Findings(tiled));
        Assert.Equal(
            "nc_matmul: moving (t2) lies on partitions 32 to 63, rows 64 to 127 of the array are wired to the "
            + "partitions of the same numbers",
            finding.Message);
    }

    [Theory]
    [InlineData(DType.Bf16, null)]
    [InlineData(DType.Fp8E5M2, null)]
    [InlineData(DType.Fp32, "TRN2004")]
    public void Indirect_operands_are_narrow(DType dtype, string? code)
    {
        var matmul = new NcMatmul(
            _scene.Psum(DType.Fp32, 32, 8), Indirect(_scene.Sbuf(dtype, 32, 32)), _scene.Sbuf(dtype, 32, 8),
            Accumulate: false);
        Assert.Equal(code is null ? [] : [code], _scene.Codes(matmul, 4));
    }

    [Fact]
    public void Indirection_goes_neither_with_later_tiles_nor_with_the_identity_nor_with_runs()
    {
        var matmul = Make(32, 32, 32, DType.Bf16);
        var moving = matmul with { Moving = Indirect(matmul.Moving) };
        Assert.Empty(_scene.Codes(moving with { TilePosition = (0, 0), TileSize = (32, 32) }, 4));
        var tiled = moving with { TilePosition = (0, 32), TileSize = (32, 32) };
        Assert.Contains("TRN2114", _scene.Codes(tiled, 4));
        Assert.Equal(["TRN2108"], _scene.Codes(moving with { IsTranspose = true }, 4));
        var runs = new Accumulation(AccumulationKind.Mixed, [500, 524]);
        Assert.Equal(["TRN2109"], _scene.Codes(matmul with { Dst = Indirect(matmul.Dst), Accumulate = runs }, 4));
    }

    [Fact]
    public void The_index_of_the_result_starts_where_stationary_does()
    {
        var matmul = Make(32, 32, 8, DType.Bf16);
        matmul = matmul with { Dst = Indirect(matmul.Dst) };
        Assert.Empty(_scene.Codes(matmul, 4));
        _scene.Place(matmul.Stationary, 32, 0);
        Assert.Equal(["TRN2007"], _scene.Codes(matmul, 4));
    }

    private AccessPattern Indirect(AccessPattern p)
    {
        var index = _scene.Sbuf(DType.Int32, p.Partitions, (int)(p.Free + 31) / 32);
        return p with { Dynamic = new DynamicOffset(OffsetKind.Indirect, index.Tensor, 0, 0, 1, 32) };
    }

    private InstructionTraits Traits(NcMatmul matmul) => Move(matmul).Traits;

    private Instruction Move(NcMatmul matmul) => _scene.Expand(matmul).Instructions[1];

    private NcMatmul Make(int k, int m, int n, DType dst = DType.Fp32) =>
        new(_scene.Psum(dst, m, n), _scene.Sbuf(DType.Bf16, k, m), _scene.Sbuf(DType.Bf16, k, n), Accumulate: false);
}
