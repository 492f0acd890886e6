using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>
/// Product of two microscaled matrices: each packed element holds four terms of a sum, and each group of 8 partitions
/// times 4 terms has a scale, a power of two. dst[m, n] (+)= the chain s = fma(a 2^i, b 2^j, s) from s = 0 over
/// ascending partitions and inside a partition over the four terms in order, where a 2^i and b 2^j are the elements of
/// column m of stationary and column n of moving times the scales of their groups. Scaled elements are exact, whatever
/// their exponent; each fma rounds once to fp32. A scale of 255 is NaN. Source: nki.isa.nc_matmul_mx.
/// </summary>
/// <param name="Dst">[M, N] in PSUM, fp32 or bf16, up to all banks.</param>
/// <param name="Stationary">[K, M] in SBUF, packed; K 32, 64, 96 or 128, M even and up to 128.</param>
/// <param name="Moving">[K, N] in SBUF, packed, of the same or another format; N up to 4096 fp32 or 8192 bf16.</param>
/// <param name="StationaryScale">
/// [P, M] in SBUF, P at least K - 28: rows 0 to 3 of each 32 partitions are the scales of those 32 partitions of
/// stationary. It starts in the same quadrant, 0, 4, 8 or 12 partitions later.
/// </param>
/// <param name="MovingScale">[P, N], likewise for moving.</param>
/// <param name="TilePosition">First row of the tile of the array that is used; the first column is 0.</param>
/// <param name="TileSize">Rows of the tile, 32, 64 or 128, and all 128 columns.</param>
/// <param name="Accumulate">Whether dst is overwritten or added to, by element.</param>
[Operation("nc_matmul_mx", Engines = Engines.Tensor, MinGeneration = 4,
    Summary = "dst[M,N] (+)= dequantised stationary[K*4,M].T @ moving[K*4,N]",
    Example = """
        sbuf a : fp8_e4m3fn_x4[128,128]
        sbuf sa : e8m0[128,128]
        sbuf b : fp4_e2m1_x4[128,512]
        sbuf sb : e8m0[128,512]
        psum c : fp32[128,512]
        tensor nc_matmul_mx dst=c stationary=a moving=b stationary_scale=sa moving_scale=sb accumulate=false
        """)]
public sealed record NcMatmulMx(
    [Writes(Spaces = MemorySpaces.Psum, DTypes = "fp32 bf16", Indirect = true)] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "packed", Indirect = true)] AccessPattern Stationary,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "packed", Indirect = true)] AccessPattern Moving,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "e8m0 uint8", Indirect = true, AnyStart = true)]
    AccessPattern StationaryScale,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "e8m0 uint8", Indirect = true, AnyStart = true)]
    AccessPattern MovingScale,
    (int Row, int Column)? TilePosition = null,
    (int Rows, int Columns)? TileSize = null,
    Accumulation Accumulate = default) : Operation, IAccumulating
{
    /// <inheritdoc/>
    public Operation WithAccumulation(Accumulation accumulate) => this with { Accumulate = accumulate };

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        var tile = TileRules.Verify(v, TilePosition, TileSize, hasColumns: false);
        MatmulRules.Shapes(v, tile, Dst, Stationary, Moving, layers: 1);
        MatmulRules.Indirection(v, tile, Dst, Stationary, Moving);
        PsumAccumulation.Verify(v, Dst, Accumulate);
        if (Stationary.Free % 2 != 0)
            v.Error(TensorCodes.StationarySize, $"stationary free size is {Stationary.Free}, must be even");
        if (!MxScaleRules.Quadrants(v, "stationary", Stationary)) return;
        Scales(v, "stationary_scale", StationaryScale, "stationary", Stationary);
        Scales(v, "moving_scale", MovingScale, "moving", Moving);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Stationary);
        sink.Read(Moving);
        MxScaleRules.Read(sink, StationaryScale, Stationary);
        MxScaleRules.Read(sink, MovingScale, Moving);
        PsumAccumulation.Effects(sink, Dst, Accumulate);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var inputs = new MatmulInputs(
            core.Tile(Stationary), core.Tile(Moving), core.Tile(StationaryScale), core.Tile(MovingScale));
        PsumAccumulation.Execute(core, Dst, Accumulate, inputs);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => ArrayWork.Expand(
        e, Dst, Stationary, Moving, ArrayMode.QuadRow, ArrayTile.Of(TilePosition, TileSize).Cells);

    private static void Scales(
        Verifier v, string name, in AccessPattern scale, string dataName, in AccessPattern data)
    {
        MxScaleRules.Verify(v, name, scale, dataName, data, data.Free);
        DynamicRules.NoVector(v, name, scale);
        if (scale.IsIndirect != data.IsIndirect || (data.IsIndirect && scale.Dynamic != data.Dynamic))
        {
            v.Error(VerifyCodes.Dynamic, $"{name} and {dataName} are not indirect by the same index: elements and "
                + "scales are one tensor");
        }
    }
}
