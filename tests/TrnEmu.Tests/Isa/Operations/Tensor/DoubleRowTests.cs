using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Tensor;

/// <summary>nc_matmul with 8-bit floats, one or two of them in a cell of the array.</summary>
public sealed class DoubleRowTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(2, "TRN2001")]
    [InlineData(3, null)]
    [InlineData(4, null)]
    public void Came_with_generation_3(int generation, string? code) =>
        Assert.Equal(code is null ? [] : [code], _scene.Codes(Make(128, 128, 512), generation));

    [Theory]
    [InlineData(DType.Fp8E4M3, DType.Fp8E5M2, 3, null)]
    [InlineData(DType.Fp8E4M3Fn, DType.Fp8E5M2, 4, null)]
    [InlineData(DType.Fp8E4M3Fn, DType.Fp8E4M3Fn, 4, null)]
    [InlineData(DType.Fp8E4M3Fn, DType.Fp8E5M2, 3, "TRN2004")]
    [InlineData(DType.Fp8E4M3Fn, DType.Fp8E4M3, 4, "TRN2105")]
    [InlineData(DType.Fp8E4M3, DType.Bf16, 3, "TRN2116")]
    public void Multiplies_fp8_only(DType stationary, DType moving, int generation, string? code) =>
        Assert.Equal(code is null ? [] : [code], _scene.Codes(Make(8, 8, 8, stationary, moving), generation));

    [Theory]
    [InlineData(DType.Fp8E4M3, DType.Bf16, 2, null)]
    [InlineData(DType.Fp16, DType.Fp8E5M2, 2, null)]
    [InlineData(DType.Tf32, DType.Fp32, 2, null)]
    [InlineData(DType.Tf32, DType.Bf16, 2, "TRN2105")]
    [InlineData(DType.Fp8E4M3, DType.Fp8E4M3Fn, 4, "TRN2105")]
    [InlineData(DType.Bf16, DType.Fp8E4M3Fn, 3, "TRN2004")]
    [InlineData(DType.Bf16, DType.Fp8E4M3Fn, 4, null)]
    public void Single_rows_mix_16_and_8_bits(DType stationary, DType moving, int generation, string? code)
    {
        var matmul = new NcMatmul(
            _scene.Psum(DType.Fp32, 8, 8), _scene.Sbuf(stationary, 8, 8), _scene.Sbuf(moving, 8, 8), Accumulate: false);
        Assert.Equal(code is null ? [] : [code], _scene.Codes(matmul, generation));
    }

    [Fact]
    public void Rows_have_two_halves()
    {
        var odd = Make(8, 8, 8) with { Stationary = _scene.Sbuf(DType.Fp8E4M3, 8, 17) };
        Assert.Equal(["TRN2116"], _scene.Codes(odd));
        var wide = Make(8, 8, 8) with { Stationary = _scene.Sbuf(DType.Fp8E4M3, 8, 2, 129) };
        Assert.Contains("TRN2102", _scene.Codes(wide));
        Assert.Contains("TRN2103", _scene.Codes(Make(8, 8, 513)));
    }

    [Fact]
    public void Goes_neither_with_column_tiles_nor_with_transposes()
    {
        var matmul = Make(32, 32, 8) with { TilePosition = (0, 0) };
        Assert.Empty(_scene.Codes(matmul with { TileSize = (32, 128) }));
        Assert.Equal(["TRN2116"], _scene.Codes(matmul with { TileSize = (32, 32) }));
        Assert.Contains("TRN2116", _scene.Codes(Make(8, 8, 8) with { IsTranspose = true }));
    }

    [Fact]
    public void Does_twice_the_work_in_the_time_of_bf16()
    {
        var instructions = _scene.Expand(Make(100, 96, 200)).Instructions.ToArray();
        Assert.Equal(
            [(CostClass.LoadStationary, 96, 200), (CostClass.MultiplyMoving, 200, 200)],
            instructions.Select(i => (i.Class, i.Items, i.Rows)));
        Assert.All(instructions, i => Assert.True(i.Traits.HasFlag(InstructionTraits.DoubleRow)));
    }

    private NcMatmul Make(
        int k, int m, int n, DType stationary = DType.Fp8E4M3, DType moving = DType.Fp8E4M3) => new(
            _scene.Psum(DType.Fp32, m, n), _scene.Sbuf(stationary, k, 2, m), _scene.Sbuf(moving, k, 2, n),
            Accumulate: false, PerfMode: MatmulPerfMode.DoubleRow);
}
