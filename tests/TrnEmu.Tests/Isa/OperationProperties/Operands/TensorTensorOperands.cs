using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class TensorTensorOperands : IOperands<TensorTensor>
{
    public TensorTensor Make(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.Vector, Engine.GpSimd);
        var (to, from) = draw.Pair<TensorTensor>("dst", "data1");
        var (partitions, free) = draw.Shape();
        var other = HeaderTypes.AreBits(to, from) && draw.Chance(80) ? draw.Like(from) : draw.Any();
        var op = Operators.Arithmetic(draw);
        if (draw.Chance(15) && draw.Engine != Engine.Vector) op = AluOp.Power;
        if (HeaderTypes.AreBits(to, other) && draw.Chance(40) && draw.Engine != Engine.GpSimd)
            op = draw.Of(Operators.Bits);
        var spaces = op == AluOp.Power ? [MemorySpace.Sbuf, MemorySpace.Sbuf, MemorySpace.Sbuf]
            : new[] { draw.OnChip(), draw.OnChip(), draw.OnChip() };
        return new TensorTensor(
            draw.Tile(spaces[0], to, partitions, free, Use.Write), draw.Tile(spaces[1], from, partitions, free),
            draw.Tile(spaces[2], other, partitions, free), op);
    }
}
