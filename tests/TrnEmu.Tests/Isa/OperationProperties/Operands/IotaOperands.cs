using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class IotaOperands : IOperands<Iota>
{
    public Iota Make(Draw draw)
    {
        draw.Engine = Engine.GpSimd;
        var dtype = draw.One<Iota>("dst");
        var (partitions, free) = draw.Shape();
        return new Iota(
            draw.Tile(MemorySpace.Sbuf, dtype, partitions, free, Use.Write), AffineLevels.Of(draw, free),
                AffineLevels.Step(draw),
            AffineLevels.Step(draw));
    }
}
