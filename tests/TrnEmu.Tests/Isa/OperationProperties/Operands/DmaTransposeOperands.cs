using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class DmaTransposeOperands : IOperands<DmaTranspose>
{
    public DmaTranspose Make(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.Sync, Engine.Scalar);
        var (partitions, free) = draw.Shape(maxFree: Limits.Partitions);
        DType[] wide = [.. DTypes.All.Where(d => d.Size() > 1)];
        var dtype = draw.Of(wide);
        var mode = draw.Of(DgeMode.Unknown, DgeMode.None, DgeMode.Swdge, DgeMode.Hwdge);
        if (mode == DgeMode.Hwdge) (partitions, dtype) = (16, draw.Of(DType.Bf16, DType.Fp16, DType.Int16, DType.Fp4E2M1X4));
        return new DmaTranspose(
            DynamicAddress.Whole(draw, draw.Tile(Space(draw), dtype, free, partitions, Use.Dma)),
            DynamicAddress.Whole(draw, draw.Tile(Space(draw), dtype, partitions, free, Use.Dma)), mode);
    }

    private static MemorySpace Space(Draw draw) => draw.Of(MemorySpace.Hbm, MemorySpace.Sbuf);
}
