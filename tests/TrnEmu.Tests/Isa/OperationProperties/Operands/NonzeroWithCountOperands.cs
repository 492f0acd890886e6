using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class NonzeroWithCountOperands : IOperands<NonzeroWithCount>
{
    public NonzeroWithCount Make(Draw draw)
    {
        draw.Engine = Engine.GpSimd;
        var (dst, type) = draw.Pair<NonzeroWithCount>("dst", "src");
        var (partitions, free) = draw.Shape();
        var src = draw.Tile(MemorySpace.Sbuf, type, partitions, free);
        if (draw.Chance(70))
        {
            draw.Put(src, Enumerable.Range(0, (int)src.Elements).Select(_ =>
                draw.Chance(60) ? Numbers.Encode(type, 0) : Values.Bits(draw.Random, type)));
        }

        return new NonzeroWithCount(
            draw.Tile(MemorySpace.Sbuf, dst, partitions, free + 1, Use.Write), src, AffineLevels.Step(draw),
            AffineLevels.Step(draw));
    }
}
