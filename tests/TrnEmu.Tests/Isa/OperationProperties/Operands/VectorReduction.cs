using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

/// <summary>What the operations on Vector's accumulate registers draw.</summary>
internal static class VectorReduction
{
    /// <summary>One of the commands; before one that goes on, mostly an operation that sets the registers.</summary>
    public static ReduceCommand Command(Draw draw, in AccessPattern data, params ReadOnlySpan<ReduceCommand> choices)
    {
        var command = draw.Of(choices);
        if (command != ReduceCommand.Reduce) return command;
        if (draw.Chance(92)) draw.Before.Add(Begin(draw, data));
        if (draw.Chance(5)) draw.Before.Add(Idle(draw, data));
        return command;
    }

    /// <summary>A column for the registers, more often than not.</summary>
    public static AccessPattern? Result(Draw draw, int partitions, DType dtype) =>
        draw.Chance(70) ? draw.Tile(draw.OnChip(), dtype, partitions, 1, Use.Write) : null;

    /// <summary>Sets the registers of the data's lanes, rarely of fewer.</summary>
    private static Entry Begin(Draw draw, in AccessPattern data)
    {
        var rows = draw.Chance(95) ? data.Partitions : draw.Int(1, data.Partitions);
        var (dst, src) = Tiles(draw, data, rows);
        return new Entry(new TensorScalarReduce(
            dst, src, AluOp.Multiply, draw.Of(0f, 1f, -0.5f, draw.Number()),
            draw.Of(AluOp.Add, AluOp.Multiply, AluOp.Maximum, AluOp.Minimum)), Engine.Vector);
    }

    /// <summary>Leaves the registers undefined.</summary>
    private static Entry Idle(Draw draw, in AccessPattern data)
    {
        var (dst, src) = Tiles(draw, data, data.Partitions);
        var predicate = draw.Tile(MemorySpace.Sbuf, DType.UInt8, src.Partitions, (int)src.Free);
        return new Entry(new SelectReduce(dst, predicate, src, 0f), Engine.Vector);
    }

    private static (AccessPattern Dst, AccessPattern Src) Tiles(Draw draw, in AccessPattern data, int rows)
    {
        var free = draw.Int(1, 4);
        var at = draw.Tensors[data.Tensor].Address!.Value.Partition + data.StartPartition;
        var src = draw.Tile(MemorySpace.Sbuf, draw.Of(DType.Fp32, DType.Bf16), rows, free, at: at);
        return (draw.Tile(MemorySpace.Sbuf, DType.Fp32, rows, free, Use.Write), src);
    }
}
