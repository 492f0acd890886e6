using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>A copy that brings an operand, or takes a result away.</summary>
internal static class Neighbour
{
    /// <summary>Writes the bytes that an operand is read from.</summary>
    public static Entry? Before(Draw draw, Operation operation) =>
        Choose(draw, operation, OperandRole.Read) is { } p ? Copy(draw, p, New(draw, p, Use.Read), p) : null;

    /// <summary>Reads what was written.</summary>
    public static Entry? After(Draw draw, Operation operation) =>
        Choose(draw, operation, OperandRole.Write) is { } p ? Copy(draw, New(draw, p, Use.Write), p, p) : null;

    private static AccessPattern? Choose(Draw draw, Operation operation, OperandRole role)
    {
        var positions = Arguments.Memory(operation, role);
        if (positions.Length == 0) return null;
        var position = draw.Of(positions);
        var p = Arguments.Pattern(operation.Info.Operands[position].Get(operation))!.Value;
        return p.IsDynamic ? null : p;
    }

    private static Entry Copy(Draw draw, AccessPattern dst, AccessPattern src, AccessPattern operand) =>
        draw.Tensors[operand.Tensor].Space == MemorySpace.Psum
            ? new Entry(new TensorCopy(dst, src), Engine.Vector)
            : new Entry(new DmaCopy(dst, src), Engine.Sync);

    private static AccessPattern New(Draw draw, AccessPattern p, Use use) =>
        draw.Tensors[p.Tensor].Space == MemorySpace.Psum
        ? draw.Tile(MemorySpace.Sbuf, p.DType, p.Partitions, (int)p.Free, use)
        : draw.Tile(draw.Of(MemorySpace.Hbm, MemorySpace.Sbuf), p.DType, p.Partitions, (int)p.Free, Use.Dma);
}
