using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

/// <summary>What the operations on random generators draw.</summary>
internal static class Generators
{
    private const int Words = 6;
    private const int FirstVectorState = 4;

    /// <summary>Words of a lane's state.</summary>
    public static int Size(Engine engine) => engine == Engine.Vector ? 4 * Words : Words;

    /// <summary>Sets the state of an operand's lanes before the operation, perhaps; looks at it afterwards.</summary>
    public static void Surround(Draw draw, Engine engine, in AccessPattern p)
    {
        if (engine == Engine.Vector && draw.Chance(40)) draw.Before.Add(Seed(draw));
        if (draw.Generation < (engine == Engine.Vector ? FirstVectorState : 3)) return;
        var at = draw.Tensors[p.Tensor].Address!.Value.Partition + p.StartPartition;
        if (draw.Chance(40))
        {
            var seeds = draw.Tile(MemorySpace.Sbuf, DType.UInt32, p.Partitions, Size(engine), at: at);
            draw.Before.Add(new Entry(new RandSetState(seeds), engine));
        }

        var state = draw.Tile(MemorySpace.Sbuf, DType.UInt32, p.Partitions, Size(engine), Use.Write, at);
        draw.After.Add(new Entry(new RandGetState(state), engine));
    }

    private static Entry Seed(Draw draw) => new(
        new SetRngSeed(draw.Column(draw.OnChip(), draw.Of(DType.Fp32, DType.Int32, DType.UInt32), 1)), Engine.Vector);
}
