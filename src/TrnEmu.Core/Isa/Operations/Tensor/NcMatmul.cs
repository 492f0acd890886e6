using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>
/// Matrix product on the systolic array: dst[m, n] (+)= sum over k of stationary[k, m] * moving[k, n]. The contraction
/// dimension K lies on the partitions of both inputs, so the left matrix comes transposed. Each element is one chain of
/// fused multiply-adds in fp32 over ascending k, starting at 0; then it overwrites dst or is added to it in fp32, and
/// is rounded to dst's dtype. Source: nki.isa.nc_matmul.
/// </summary>
/// <param name="Dst">[M, N] in PSUM, fp32 (from generation 4 also bf16); within one bank before generation 4.</param>
/// <param name="Stationary">[K, M] in SBUF, K and M up to 128: loaded into the array.</param>
/// <param name="Moving">
/// [K, N] in SBUF, N up to 512 (generation 4: 4096 fp32, 8192 bf16): streamed through the array.
/// </param>
/// <param name="IsStationaryOnezero">Hint: stationary holds only 0 and 1. Changes no value.</param>
/// <param name="IsMovingOnezero">Hint: moving holds only 0 and 1. Changes no value.</param>
/// <param name="IsTranspose">
/// Transpose mode: moving is the K x K identity and dst = transposed stationary, dtype and bits kept. Generation 2
/// multiplies all the same.
/// </param>
/// <param name="Accumulate">Whether dst is overwritten or added to, by element.</param>
/// <param name="TilePosition">
/// First row and column of the tile of the array that is used: multiples of the tile's size. SBUF operands lie on the
/// partitions of its rows, dst on those of its columns.
/// </param>
/// <param name="TileSize">
/// Rows and columns of the tile, each 128, 64 or (from generation 3) 32: K and M are no larger. Position and size come
/// together, or the whole array is used. Values are the same either way.
/// </param>
[Operation("nc_matmul", Engines = Engines.Tensor, Summary = "dst[M,N] (+)= stationary[K,M].T @ moving[K,N]",
    Example = """
        sbuf a : bf16[128,128]
        sbuf b : bf16[128,512]
        psum c : fp32[128,512]
        tensor nc_matmul dst=c stationary=a moving=b accumulate=false
        """)]
public sealed record NcMatmul(
    [Writes(Spaces = MemorySpaces.Psum, DTypes = "float")] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "float")] AccessPattern Stationary,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "float")] AccessPattern Moving,
    bool IsStationaryOnezero = false,
    bool IsMovingOnezero = false,
    bool IsTranspose = false,
    Accumulation Accumulate = default,
    (int Row, int Column)? TilePosition = null,
    (int Rows, int Columns)? TileSize = null) : Operation, IAccumulating
{
    private const int FirstPassThroughGeneration = 3;

    /// <inheritdoc/>
    public Operation WithAccumulation(Accumulation accumulate) => this with { Accumulate = accumulate };

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        var passesBits = PassesBits(v.Chip.Generation);
        var tile = TileRules.Verify(v, TilePosition, TileSize, hasColumns: true);
        MatmulRules.Shapes(v, tile, Dst, Stationary, Moving);
        MatmulRules.DTypes(v, Dst.DType, Stationary.DType, Moving.DType, passesBits);
        MatmulRules.Bank(v, Dst);
        DynamicRules.None(v, "dst", Dst);
        DynamicRules.NoVector(v, "stationary", Stationary);
        DynamicRules.NoVector(v, "moving", Moving);
        if (Accumulate.Kind == AccumulationKind.Automatic)
            v.Error(TensorCodes.Undecided, "accumulate is automatic, a program must say true or false");
        if (Accumulate.Kind == AccumulationKind.Mixed) MixedAccumulation.Verify(v, Dst, Accumulate.Runs.Span);
        if (!passesBits) return;
        if (Moving.Free != Moving.Partitions)
        {
            v.Error(TensorCodes.TransposeMode, $"moving is [{Moving.Partitions},{Moving.Free}], "
                + "is_transpose takes the identity [K,K]");
        }

        if (Accumulate.Kind is AccumulationKind.Add or AccumulationKind.Mixed)
            v.Error(TensorCodes.TransposeMode, "accumulates, but is_transpose passes bits through and adds nothing");
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Stationary);
        sink.Read(Moving);
        switch (Accumulate.Kind)
        {
            case AccumulationKind.Overwrite:
                sink.Write(Dst);
                break;
            case AccumulationKind.Mixed:
                MixedAccumulation.Effects(sink, Dst, Accumulate.Runs.Span);
                break;
            default:
                sink.Accumulate(Dst);
                break;
        }
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (dst, stationary, moving) = (core.Tile(Dst), core.Tile(Stationary), core.Tile(Moving));
        if (PassesBits(core.Chip.Generation))
        {
            Identity.Demand(core, moving);
            Transpose.Move(dst, stationary);
            return;
        }

        var adds = Accumulate.Kind == AccumulationKind.Add;
        switch (Accumulate.Kind)
        {
            case AccumulationKind.Overwrite or AccumulationKind.Add:
                Matmul.Accumulate(dst, stationary, moving, adds, core.Matmul, core.Threads);
                break;
            case AccumulationKind.Mixed:
                Span<ulong> mask = stackalloc ulong[MixedAccumulation.MaskWords(Dst)];
                MixedAccumulation.FillMask(Dst, Accumulate.Runs.Span, mask);
                Matmul.Accumulate(dst, stationary, moving, mask, core.Matmul, core.Threads);
                break;
            default:
                throw new InvalidOperationException("automatic accumulation was not resolved before execution");
        }
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        ArrayWork.Expand(e, Dst, Stationary, Moving, PassesBits(e.Generation));

    private bool PassesBits(int generation) => IsTranspose && generation >= FirstPassThroughGeneration;
}
