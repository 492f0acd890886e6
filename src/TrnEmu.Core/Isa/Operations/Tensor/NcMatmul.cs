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
/// <param name="PerfMode">
/// double_row: fp8 operands from generation 3, their free elements two halves [2, M] and [2, N]; a sum has 2 K terms,
/// ascending by partition and inside a partition by half. Neither with column tiles nor with transpose mode.
/// </param>
[Operation("nc_matmul", Engines = Engines.Tensor, Summary = "dst[M,N] (+)= stationary[K,M].T @ moving[K,N]",
    Example = """
        sbuf a : bf16[128,128]
        sbuf b : bf16[128,512]
        psum c : fp32[128,512]
        tensor nc_matmul dst=c stationary=a moving=b accumulate=false
        """)]
public sealed record NcMatmul(
    [Writes(Spaces = MemorySpaces.Psum, DTypes = "float", Indirect = true)] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "float", Indirect = true)] AccessPattern Stationary,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "float", Indirect = true)] AccessPattern Moving,
    bool IsStationaryOnezero = false,
    bool IsMovingOnezero = false,
    bool IsTranspose = false,
    Accumulation Accumulate = default,
    (int Row, int Column)? TilePosition = null,
    (int Rows, int Columns)? TileSize = null,
    MatmulPerfMode PerfMode = MatmulPerfMode.None) : Operation, IAccumulating
{
    private const int FirstPassThroughGeneration = 3;
    private const int FirstDoubleRowGeneration = 3;

    // Fields, so that expanding, which happens a million times a second, looks at operands where they are.
    private readonly AccessPattern _dst = Dst;
    private readonly AccessPattern _stationary = Stationary;
    private readonly AccessPattern _moving = Moving;

    /// <summary>Destination.</summary>
    public AccessPattern Dst
    {
        get => _dst;
        init => _dst = value;
    }

    /// <summary>What is loaded into the array.</summary>
    public AccessPattern Stationary
    {
        get => _stationary;
        init => _stationary = value;
    }

    /// <summary>What is streamed through the array.</summary>
    public AccessPattern Moving
    {
        get => _moving;
        init => _moving = value;
    }

    /// <inheritdoc/>
    public Operation WithAccumulation(Accumulation accumulate) => this with { Accumulate = accumulate };

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        var tile = TileRules.Verify(v, TilePosition, TileSize, hasColumns: true);
        MatmulRules.Shapes(v, tile, Dst, Stationary, Moving, Layers);
        MatmulRules.Inputs(v, Stationary.DType, Moving.DType);
        MatmulRules.Indirection(v, tile, Dst, Stationary, Moving);
        IndirectType(v, "dst", Dst);
        IndirectType(v, "stationary", Stationary);
        IndirectType(v, "moving", Moving);
        PsumAccumulation.Verify(v, Dst, Accumulate);
        if (PerfMode == MatmulPerfMode.DoubleRow) DoubleRow(v, tile);
        if (PassesBits(v.Chip.Generation)) TransposeMode(v);
        else MatmulRules.Result(v, Dst.DType);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(_stationary);
        sink.Read(_moving);
        if (IsTranspose && _dst.DType.Size() == 1) sink.Write(WideTranspose.Landing(_dst));
        else PsumAccumulation.Effects(sink, _dst, Accumulate);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (stationary, moving) = (core.Tile(Stationary), core.Tile(Moving));
        if (PassesBits(core.Chip.Generation))
        {
            Identity.Demand(core, moving);
            WideTranspose.Move(core, Dst, stationary);
            return;
        }

        PsumAccumulation.Execute(core, Dst, Accumulate, new MatmulInputs(stationary, moving, Layers));
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => ArrayWork.Expand(e, _dst, _stationary, _moving,
        PerfMode == MatmulPerfMode.DoubleRow ? ArrayMode.DoubleRow
        : PassesBits(e.Generation) ? ArrayMode.Transpose : ArrayMode.Multiply,
        TilePosition.HasValue ? ArrayTile.Of(TilePosition, TileSize).Cells : (ushort)0);

    private int Layers => PerfMode == MatmulPerfMode.DoubleRow ? 2 : 1;

    private bool PassesBits(int generation) => IsTranspose && generation >= FirstPassThroughGeneration;

    private void DoubleRow(Verifier v, in ArrayTile tile)
    {
        if (v.Chip.Generation < FirstDoubleRowGeneration)
        {
            v.Error(VerifyCodes.Generation, $"double_row needs generation {FirstDoubleRowGeneration}, chip "
                + $"{v.Chip.Name} is generation {v.Chip.Generation}");
        }

        if (IsTranspose) v.Error(TensorCodes.DoubleRow, "double_row is combined with is_transpose");
        if (tile.Columns < Limits.Partitions)
            v.Error(TensorCodes.DoubleRow, $"double_row is combined with a tile of {tile.Columns} columns");
        Pairs(v, "stationary", Stationary);
        Pairs(v, "moving", Moving);
    }

    private static void Pairs(Verifier v, string name, in AccessPattern p)
    {
        if (p.DType.Size() > 1)
            v.Error(TensorCodes.DoubleRow, $"{name} is {p.DType.Name()}, double_row multiplies fp8 only");
        if (p.Free % 2 != 0)
        {
            v.Error(TensorCodes.DoubleRow, $"{name} has {p.Free} elements in each partition, double_row takes two "
                + "halves of equal size");
        }
    }

    private void TransposeMode(Verifier v)
    {
        TransposeRules.SameDType(v, Dst, Stationary, "stationary");
        WideTranspose.Verify(v, Dst);
        if (Moving.Free != Moving.Partitions)
        {
            v.Error(TensorCodes.TransposeMode, $"moving is [{Moving.Partitions},{Moving.Free}], "
                + "is_transpose takes the identity [K,K]");
        }

        if (Accumulate.Kind is AccumulationKind.Add or AccumulationKind.Mixed)
            v.Error(TensorCodes.TransposeMode, "accumulates, but is_transpose passes bits through and adds nothing");
        if (Moving.IsIndirect)
            v.Error(TensorCodes.TransposeMode, "moving is indirect, is_transpose takes it as it lies");
    }

    private static void IndirectType(Verifier v, string name, in AccessPattern p)
    {
        if (p.IsIndirect && p.DType.Size() > sizeof(ushort))
            v.Error(VerifyCodes.DType, $"{name} is {p.DType.Name()}, indirect operands are fp16, bf16 or fp8");
    }
}
