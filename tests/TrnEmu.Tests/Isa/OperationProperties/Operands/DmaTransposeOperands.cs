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
        if (draw.Generation > 2 && draw.Chance(30)) return Gathered(draw);
        var dtype = draw.One<DmaTranspose>("src");
        var isHardware = dtype.Size() == 2 && draw.Chance(50);
        var (last, middle, axes) = Dimensions(draw);
        var rows = !isHardware ? draw.Int(1, Math.Max(1, draw.Size / last / middle)) : axes.Count == 2 || middle == 1 ? 16 : draw.Of(4, 8, 16);
        if (!isHardware && draw.Chance(15))
        {
            rows = Math.Min(rows, 128);
            var (first, second) = DynamicAddress.Beside(draw, MemorySpace.Sbuf, dtype, (last, rows * middle), (rows, last * middle));
            return new DmaTranspose(first, second, axes, DmaCopyOperands.Priority(draw), OobMode: draw.Of(OobMode.Error, OobMode.Skip));
        }

        var src = DynamicAddress.Whole(draw, Tile(draw, draw.Of(MemorySpace.Hbm, MemorySpace.Sbuf), dtype, Math.Min(rows, 128), last * middle));
        var dst = DynamicAddress.Whole(draw, draw.Tile(MemorySpace.Sbuf, dtype, last, src.Partitions * middle, Use.Dma));
        return new DmaTranspose(
            dst, src, axes, DmaCopyOperands.Priority(draw),
            isHardware ? DgeMode.Hwdge : src.IsDynamic || dst.IsDynamic ? DgeMode.Unknown : draw.Of(DgeMode.Unknown, DgeMode.None),
            src.IsDynamic ? draw.Of(OobMode.Error, OobMode.Skip) : OobMode.Error);
    }

    /// <summary>Rows of HBM by index, in one column or in columns of 128.</summary>
    private static DmaTranspose Gathered(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.GpSimd);
        var (last, middle, axes) = Dimensions(draw);
        var columns = draw.Chance(30) ? draw.Int(2, 3) : 1;
        var rows = columns > 1 ? 128 * (columns - 1) + 16 * draw.Int(1, 8) : 16 * draw.Int(1, 3);
        if (rows > 128) (last, middle) = (Math.Min(last, 5), Math.Min(middle, 3));
        if (axes.Count == 2) middle = 1;
        var dtype = TwoBytes(draw);
        var src = DynamicAddress.Columns(draw, Tile(draw, MemorySpace.Hbm, dtype, rows, last * middle), columns > 1 ? 128 : 0);
        var dst = DynamicAddress.Whole(draw, draw.Tile(MemorySpace.Sbuf, dtype, last, rows * middle, Use.Dma));
        return new DmaTranspose(
            dst, src, axes, DmaCopyOperands.Priority(draw), draw.Of(DgeMode.Unknown, DgeMode.Swdge), draw.Of(OobMode.Error, OobMode.Skip));
    }

    /// <summary>The last dimension, those between it and the first, and the axes.</summary>
    private static (int Last, int Middle, EquatableArray<int> Axes) Dimensions(Draw draw)
    {
        var last = draw.Int(1, draw.Of(6, 40, 128));
        var middle = draw.Chance(50) ? 1 : draw.Of(1, 2, 3, 4, 8);
        EquatableArray<int> axes = draw.Int(0, 3) switch
        {
            0 => middle == 1 ? [1, 0] : [2, 1, 0],
            1 => [2, 1, 0],
            2 => [3, 1, 2, 0],
            _ => [],
        };
        return (last, middle, axes);
    }

    private static AccessPattern Tile(Draw draw, MemorySpace space, DType dtype, int rows, int columns) =>
        draw.Tile(space, dtype, rows, columns, Use.DmaRead);

    private static DType TwoBytes(Draw draw) => draw.Of(DType.Bf16, DType.Fp16, DType.Int16, DType.UInt16, DType.Fp4E2M1X4);
}
