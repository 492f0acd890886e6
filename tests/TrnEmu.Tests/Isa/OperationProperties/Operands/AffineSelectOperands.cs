using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class AffineSelectOperands : IOperands<AffineSelect>
{
    public AffineSelect Make(Draw draw)
    {
        draw.Engine = Engine.GpSimd;
        var (to, from) = draw.Pair<AffineSelect>("dst", "on_true_tile");
        var (partitions, free) = draw.Shape();
        return new AffineSelect(
            draw.Tile(MemorySpace.Sbuf, to, partitions, free, Use.Write), AffineLevels.Of(draw, free),
                AffineLevels.Step(draw),
            draw.Tile(MemorySpace.Sbuf, from, partitions, free), draw.Number(),
                (AluOp)draw.Int((int)AluOp.Equal, (int)AluOp.Less),
            AffineLevels.Step(draw));
    }
}
