using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class NcTransposeOperands : IOperands<NcTranspose>
{
    public NcTranspose Make(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.Tensor, Engine.Vector);
        var isVector = draw.Engine == Engine.Vector;
        var (partitions, free) = draw.Shape(isVector ? 32 : 128, isVector ? 32 : 128);
        var dtype = draw.Generation == 2 && !isVector ? draw.Float() : draw.All();
        var (to, from) = isVector ? (draw.OnChip(), draw.OnChip()) : (MemorySpace.Psum, MemorySpace.Sbuf);
        return new NcTranspose(draw.Tile(to, dtype, free, partitions, Use.Write),
            draw.Tile(from, dtype, partitions, free));
    }
}
