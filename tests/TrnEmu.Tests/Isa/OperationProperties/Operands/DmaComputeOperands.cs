using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class DmaComputeOperands : IOperands<DmaCompute>
{
    private const int MostSources = 16;

    public DmaCompute Make(Draw draw)
    {
        draw.Engine = draw.Of([Engine.None, .. EngineExtensions.All]);
        var (to, from) = draw.Pair<DmaCompute>("dst", "srcs");
        var (partitions, free) = draw.Shape();
        if (draw.Chance(35)) return Indexed(draw, partitions, free, to, from);
        var count = draw.Chance(80) ? draw.Int(1, 4) : draw.Int(1, MostSources);
        var dst = draw.Tile(Space(draw), to, partitions, free, Use.Dma);
        var srcs = Enumerable.Range(0, count).Select(i => Source(draw, partitions * free, i == 0 ? from : draw.Any())).ToArray();
        if (count > 1 && draw.Chance(15)) srcs[^1] = dst;
        return Sum(draw, dst, srcs);
    }

    private static AccessPattern Source(Draw draw, int elements, DType dtype)
    {
        var (rows, columns) = DmaCopyOperands.Split(draw, elements);
        return draw.Tile(Space(draw), dtype, rows, columns, Use.DmaRead);
    }

    /// <summary>
    /// A sum onto rows of HBM at indices, or of such rows onto SBUF. The result comes first where that does not change
    /// the dtype of the first source, so that pairs of dtypes keep their turns.
    /// </summary>
    private static DmaCompute Indexed(Draw draw, int partitions, int free, DType to, DType from)
    {
        var isScatter = draw.Chance(50);
        var hbm = draw.Tile(MemorySpace.Hbm, isScatter ? to : from, partitions, free, Use.Dma);
        var rows = DynamicAddress.Rows(draw, hbm, isUnique: isScatter && draw.Chance(85));
        var tile = draw.Tile(MemorySpace.Sbuf, isScatter ? from : to, partitions, free, Use.Dma);
        var (dst, other) = isScatter ? (rows, tile) : (tile, rows);
        return Sum(draw, dst, to == from ? [dst, other] : [other, dst]);
    }

    private static DmaCompute Sum(Draw draw, AccessPattern dst, AccessPattern[] srcs) => new(
        dst, EquatableArray.Create<AccessPattern>(srcs), AluOp.Add,
        draw.Chance(70) ? default : EquatableArray.Create<float>([.. srcs.Select(_ => 1f)]),
        OobMode: srcs.Append(dst).Any(p => p.IsDynamic) ? draw.Of(OobMode.Error, OobMode.Skip) : OobMode.Error);

    private static MemorySpace Space(Draw draw) => draw.Of(MemorySpace.Hbm, MemorySpace.Sbuf);
}
