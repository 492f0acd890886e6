using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class SetRngSeedOperands : IOperands<SetRngSeed>
{
    public SetRngSeed Make(Draw draw)
    {
        var (partitions, free) = draw.Shape();
        var dst = draw.Tile(draw.OnChip(), DType.UInt32, partitions, free, Use.Write);
        draw.After.Add(new Entry(new Rng(dst), Engine.Vector));
        Generators.Surround(draw, Engine.Vector, dst);
        var seed = draw.Column(draw.OnChip(), draw.One<SetRngSeed>("src_seeds"), 1);
        if (seed.DType.IsFloat() && draw.Chance(70)) draw.Put(seed, [Values.Special(draw.Random, seed.DType)]);
        return new SetRngSeed(seed);
    }
}
