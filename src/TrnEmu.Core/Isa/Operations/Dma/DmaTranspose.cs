using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>
/// 2D transpose by DMA: dst[f, p] = src[p, f], bits kept; several free levels count as one. From generation 3 DMA
/// engines transpose as they move; before, every element is a piece of its own. Source: nki.isa.dma_transpose with
/// axes (1, 0).
/// </summary>
/// <param name="Dst">[F, P] in HBM or SBUF, the dtype of src.</param>
/// <param name="Src">[P, F] in HBM or SBUF, elements of 2 or 4 bytes.</param>
/// <param name="DgeMode">Who writes the descriptors; hwdge takes 16 rows of up to 128 elements of 2 bytes.</param>
[Operation("dma_transpose", Engines = Engines.Any, IsDma = true, Summary = "dst[f,p] = src[p,f]",
    Example = """
        hbm x : bf16[64,128]
        sbuf t : bf16[128,64]
        sync dma_transpose dst=t src=x
        """)]
public sealed record DmaTranspose(
    [Writes(Spaces = MemorySpaces.Dma, DTypes = "all")] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Dma, DTypes = "all")] AccessPattern Src,
    DgeMode DgeMode = DgeMode.Unknown) : Operation
{
    private const int FirstTransposingGeneration = 3;
    private const int HardwareRows = 16;

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        TransposeRules.Verify(v, Dst, Src, "src");
        DynamicRules.NoVector(v, "dst", Dst);
        DynamicRules.NoVector(v, "src", Src);
        DmaRules.Generator(v, DgeMode, Dst, Src);
        if (Src.DType.Size() == 1)
            v.Error(DmaCodes.TransposeDType, $"src is {Src.DType.Name()}, elements must have 2 or 4 bytes");
        if (DgeMode == DgeMode.Hwdge
            && (Src.Partitions != HardwareRows || Src.Free > Limits.Partitions || Src.DType.Size() != 2))
        {
            v.Error(DmaCodes.TransposeShape, $"src is {Src.DType.Name()}[{Src.Partitions},{Src.Free}], "
                + $"dge_mode hwdge takes {HardwareRows} rows of up to {Limits.Partitions} elements of 2 bytes");
        }
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Transpose.Move(core.Tile(Dst), core.Tile(Src));

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e)
    {
        if (e.Generation >= FirstTransposingGeneration)
        {
            e.Trigger(DmaWork.Transfer(e.Program, Dst, Src, DmaKind.Transpose) with { Descriptors = DgeMode });
            return;
        }

        var transfer = DmaWork.Transfer(e.Program, Dst, Src, DmaKind.Copy);
        e.Trigger(transfer with { RunsPerRow = (int)(Src.Elements / transfer.Rows), Descriptors = DgeMode });
    }
}
