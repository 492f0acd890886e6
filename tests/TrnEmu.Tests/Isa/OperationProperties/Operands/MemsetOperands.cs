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
        var dtype = draw.Any();
        var value = dtype.IsInteger() ? Numbers.IntegerValue(dtype, Values.Bits(draw.Random, dtype)) : draw.Number();
        return new Memset(draw.Tile(draw.OnChip(), dtype, partitions, free, Use.Write), value);
    }
}
