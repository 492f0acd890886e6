using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class TopKOperands : IOperands<TopK>
{
    private const int CorePartitions = 16;
    private const int Least = 8;

    public TopK Make(Draw draw)
    {
        draw.Engine = Engine.GpSimd;
        var partitions = CorePartitions * draw.Of(1, 1, 1, 2, 4, 8);
        var n = draw.Int(Least, Math.Max(2 * Least, draw.Size / partitions * CorePartitions));
        var columns = (n + CorePartitions - 1) / CorePartitions + draw.Of(0, 0, 1);
        var k = draw.Int(1, Math.Min(n, 40));
        var src = draw.Tile(MemorySpace.Sbuf, DType.Bf16, partitions, columns);
        if (draw.Chance(40))
        {
            draw.Put(src, Enumerable.Range(0, (int)src.Elements).Select(_ =>
                Numbers.Encode(DType.Bf16, draw.Int(-3, 5))));
        }

        return new TopK(
            draw.Tile(MemorySpace.Sbuf, DType.Bf16, partitions, k, Use.Write),
            draw.Tile(MemorySpace.Sbuf, DType.UInt32, partitions, k, Use.Write), src, n);
    }
}
