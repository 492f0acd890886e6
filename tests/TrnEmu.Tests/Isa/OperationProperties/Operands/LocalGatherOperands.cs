using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class LocalGatherOperands : IOperands<LocalGather>
{
    private const int CorePartitions = 16;

    public LocalGather Make(Draw draw)
    {
        draw.Engine = Engine.GpSimd;
        var dtype = draw.One<LocalGather>("dst");
        var partitions = CorePartitions * draw.Of(1, 1, 1, 2, 3, 4, 8);
        var count = draw.Of(1, 1, 2, 4, 8, 16, 32);
        var free = count + draw.Int(0, Math.Max(1, draw.Size / partitions));
        var columns = draw.Int(1, Math.Clamp(draw.Size / partitions, 1, 20));
        int? valid = draw.Chance(50) ? null : draw.Int(1, CorePartitions * columns);
        var index = draw.Tile(MemorySpace.Sbuf, DType.UInt16, partitions, columns);
        var last = draw.Chance(92) ? free - count : free + 3;
        draw.Put(index, Enumerable.Range(0, (int)index.Elements).Select(_ => (uint)draw.Int(0, last)));
        return new LocalGather(
            draw.Tile(
                MemorySpace.Sbuf, dtype, partitions, count * (valid ?? CorePartitions * columns), Use.Write),
            draw.Tile(MemorySpace.Sbuf, dtype, partitions, free), index, count, valid);
    }
}
