using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class TensorCopyOperands : IOperands<TensorCopy>
{
    public TensorCopy Make(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.Vector, Engine.GpSimd, draw.Generation > 2 ? Engine.Scalar
            : Engine.Vector);
        var (to, from) = draw.Pair<TensorCopy>("dst", "src", HeaderTypes.Converts);
        var (partitions, free) = draw.Shape();
        return new TensorCopy(
            draw.Tile(draw.OnChip(), to, partitions, free, Use.Write),
            draw.Tile(draw.OnChip(), from, partitions, free));
    }
}
