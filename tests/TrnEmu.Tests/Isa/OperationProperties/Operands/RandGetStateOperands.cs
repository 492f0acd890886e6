using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class RandGetStateOperands : IOperands<RandGetState>
{
    public RandGetState Make(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.GpSimd, draw.Generation > 3 ? Engine.Vector : Engine.GpSimd);
        var engine = draw.Engine == Engine.Vector ? Engine.Vector : Engine.GpSimd;
        var space = engine == Engine.Vector ? draw.OnChip() : MemorySpace.Sbuf;
        var dst = draw.Tile(space, DType.UInt32, draw.Shape().Partitions, Generators.Size(engine), Use.Write);
        Generators.Surround(draw, engine, dst);
        return new RandGetState(dst);
    }
}
