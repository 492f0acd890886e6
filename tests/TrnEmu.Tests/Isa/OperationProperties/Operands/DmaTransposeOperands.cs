using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class DmaTransposeOperands : IOperands<DmaTranspose>
{
    public DmaTranspose Make(Draw draw)
    {
        draw.Engine = draw.Of([Engine.None, .. EngineExtensions.All]);
        var (partitions, free) = draw.Shape(maxFree: Limits.Partitions);
        var dtype = draw.One<DmaTranspose>("src");
        var mode = draw.Of(DgeMode.Unknown, DgeMode.None, DgeMode.Swdge, DgeMode.Hwdge);
        if (mode == DgeMode.Hwdge) partitions = 16;
        return new DmaTranspose(
            DynamicAddress.Whole(draw, draw.Tile(Space(draw), dtype, free, partitions, Use.Dma)),
            DynamicAddress.Whole(draw, draw.Tile(Space(draw), dtype, partitions, free, Use.DmaRead)), mode);
    }

    private static MemorySpace Space(Draw draw) => draw.Of(MemorySpace.Hbm, MemorySpace.Sbuf);
}
