using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class RngOperands : IOperands<Rng>
{
    public Rng Make(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.Vector, draw.Generation > 2 ? Engine.GpSimd : Engine.Vector);
        var (partitions, free) = draw.Shape();
        var dst = draw.Tile(draw.OnChip(), draw.One<Rng>("dst"), partitions, free, Use.Write);
        Generators.Surround(draw, draw.Engine == Engine.GpSimd ? Engine.GpSimd : Engine.Vector, dst);
        return new Rng(dst);
    }
}
