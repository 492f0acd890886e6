using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class DmaCopyOperands : IOperands<DmaCopy>
{
    public DmaCopy Make(Draw draw)
    {
        draw.Engine = draw.Of([Engine.None, .. EngineExtensions.All]);
        var (partitions, free) = draw.Shape();
        var (to, from) = draw.Pair<DmaCopy>("dst", "src", HeaderTypes.Converts);
        var mode = draw.Of(DgeMode.Unknown, DgeMode.Unknown, DgeMode.None, DgeMode.Swdge, DgeMode.Hwdge);
        if (draw.Chance(25)) return Rows(draw, partitions, free, to, from);
        if (to.Size() == from.Size() && draw.Chance(15))
        {
            var (dst, src) = DynamicAddress.Beside(draw, Space(draw), from, (partitions, free), (partitions, free));
            return new DmaCopy(dst with { DType = to }, src, Priority(draw), draw.Of(OobMode.Error, OobMode.Skip), mode);
        }

        var (rows, columns) = Split(draw, partitions * free);
        return new DmaCopy(
            DynamicAddress.Whole(draw, draw.Tile(Space(draw), to, rows, columns, Use.Dma)),
            DynamicAddress.Whole(draw, draw.Tile(Space(draw), from, partitions, free, Use.DmaRead)),
            Priority(draw), draw.Of(OobMode.Error, OobMode.Skip), mode);
    }

    /// <summary>From generation 4 on, sometimes.</summary>
    internal static int? Priority(Draw draw) => draw.Generation > 3 && draw.Chance(50) ? draw.Int(0, 3) : null;

    private static DmaCopy Rows(Draw draw, int partitions, int free, DType to, DType from)
    {
        var dst = draw.Tile(MemorySpace.Hbm, to, partitions, free, Use.Dma);
        var src = draw.Tile(MemorySpace.Hbm, from, partitions, free, Use.Dma);
        if (draw.Chance(50)) dst = DynamicAddress.Rows(draw, dst);
        else src = DynamicAddress.Rows(draw, src);
        var isScatter = dst.IsDynamic;
        if (isScatter && draw.Chance(70)) src = draw.Tile(MemorySpace.Sbuf, from, partitions, free, Use.DmaRead);
        if (!isScatter && draw.Chance(70)) dst = draw.Tile(MemorySpace.Sbuf, to, partitions, free, Use.Dma);
        if (isScatter) src = DynamicAddress.Whole(draw, src);
        else dst = DynamicAddress.Whole(draw, dst);
        return new DmaCopy(dst, src, Priority(draw), draw.Of(OobMode.Error, OobMode.Skip), draw.Of(DgeMode.Unknown, DgeMode.Swdge));
    }

    /// <summary>The same elements in another shape.</summary>
    internal static (int Rows, int Columns) Split(Draw draw, int elements)
    {
        int[] rows = [.. Enumerable.Range(1, Math.Min(Limits.Partitions, elements)).Where(r => elements % r == 0)];
        var chosen = draw.Of(rows);
        return (chosen, elements / chosen);
    }

    private static MemorySpace Space(Draw draw) => draw.Of(MemorySpace.Hbm, MemorySpace.Sbuf);
}
