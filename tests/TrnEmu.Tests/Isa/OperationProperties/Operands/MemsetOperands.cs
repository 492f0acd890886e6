using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class MemsetOperands : IOperands<Memset>
{
    public Memset Make(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.Vector, Engine.GpSimd);
        var (partitions, free) = draw.Shape();
        var dtype = draw.One<Memset>("dst");
        return new Memset(draw.Tile(draw.OnChip(), dtype, partitions, free, Use.Write), Value(draw, dtype));
    }

    private static double Value(Draw draw, DType dtype)
    {
        if (dtype.IsPacked()) return draw.Of(0.0, -0.0);
        if (dtype.IsFloat()) return draw.Number();
        var bits = Values.Bits(draw.Random, dtype);
        return dtype.IsInteger() ? Numbers.IntegerValue(dtype, bits) : Numbers.Decode(dtype, bits);
    }
}
