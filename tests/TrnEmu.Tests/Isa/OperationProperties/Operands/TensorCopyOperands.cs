using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class TensorCopyOperands : IOperands<TensorCopy>
{
    public TensorCopy Make(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.Vector, Engine.GpSimd, draw.Generation > 2 ? Engine.Scalar
            : Engine.Vector);
        var (partitions, free) = draw.Shape();
        var dtype = draw.All();
        return new TensorCopy(
            draw.Tile(draw.OnChip(), draw.Chance(40) ? dtype : draw.To(dtype), partitions, free, Use.Write),
            draw.Tile(draw.OnChip(), dtype, partitions, free));
    }
}
