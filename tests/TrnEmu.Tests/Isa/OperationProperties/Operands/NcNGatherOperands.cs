using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class NcNGatherOperands : IOperands<NcNGather>
{
    public NcNGather Make(Draw draw)
    {
        draw.Engine = Engine.GpSimd;
        var dtype = draw.One<NcNGather>("dst");
        var (partitions, free) = draw.Shape();
        var count = draw.Int(1, 2 * free);
        var indices = draw.Tile(MemorySpace.Sbuf, DType.UInt32, partitions, count);
        var last = draw.Chance(92) ? free - 1 : free + 2;
        draw.Put(indices, Enumerable.Range(0, (int)indices.Elements).Select(_ => (uint)draw.Int(0, last)));
        return new NcNGather(
            draw.Tile(MemorySpace.Sbuf, dtype, partitions, count, Use.Write),
            draw.Tile(MemorySpace.Sbuf, dtype, partitions, free), indices);
    }
}
