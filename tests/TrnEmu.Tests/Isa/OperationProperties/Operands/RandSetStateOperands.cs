using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class RandSetStateOperands : IOperands<RandSetState>
{
    public RandSetState Make(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.GpSimd, draw.Generation > 3 ? Engine.Vector : Engine.GpSimd);
        var engine = draw.Engine == Engine.Vector ? Engine.Vector : Engine.GpSimd;
        var seeds = draw.Tile(MemorySpace.Sbuf, DType.UInt32, draw.Shape().Partitions, Generators.Size(engine));
        Generators.Surround(draw, engine, seeds);
        return new RandSetState(seeds);
    }
}
