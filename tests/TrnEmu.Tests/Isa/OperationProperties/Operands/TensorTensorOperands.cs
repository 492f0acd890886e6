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
        var (partitions, free) = draw.Shape();
        var types = new[] { draw.Any(), draw.Any(), draw.Any() };
        var op = Operators.Arithmetic(draw);
        if (draw.Chance(15) && draw.Engine != Engine.Vector) op = AluOp.Power;
        if (draw.Chance(35)) types = [Word(draw), Word(draw), Word(draw)];
        if (draw.Chance(25) && draw.Engine != Engine.GpSimd) (op, types) = (draw.Of(Operators.Bits), Integers(draw));
        var spaces = op == AluOp.Power ? [MemorySpace.Sbuf, MemorySpace.Sbuf, MemorySpace.Sbuf]
            : new[] { draw.OnChip(), draw.OnChip(), draw.OnChip() };
        return new TensorTensor(
            draw.Tile(spaces[0], types[0], partitions, free, Use.Write),
                draw.Tile(spaces[1], types[1], partitions, free),
            draw.Tile(spaces[2], types[2], partitions, free), op);
    }

    private static DType Word(Draw draw) => draw.Of(DType.Int32, DType.UInt32);

    /// <summary>Three integer types of one size.</summary>
    private static DType[] Integers(Draw draw)
    {
        DType[] pair = draw.Of<DType[]>([DType.Int32, DType.UInt32], [DType.Int16, DType.UInt16],
            [DType.Int8, DType.UInt8]);
        return [draw.Of(pair), draw.Of(pair), draw.Of(pair)];
    }
}
