using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

/// <summary>
/// Moves a pattern by a register or an index in memory that keeps it inside its tensor, or sometimes not.
/// </summary>
internal static class DynamicAddress
{
    /// <summary>The whole pattern starts where the index says; statically it starts elsewhere.</summary>
    public static AccessPattern Whole(Draw draw, AccessPattern p)
    {
        if (draw.Chance(65)) return p;
        var stride = draw.Int(1, 3);
        var index = draw.Chance(85) ? 0 : draw.Int(-20, 20);
        var shift = (int)Math.Min(p.Offset / p.DType.Size() / stride, draw.Int(0, 3));
        p = p with { Offset = p.Offset - (long)shift * stride * p.DType.Size() };
        index += shift;
        if (!draw.Chance(50)) return p with { Dynamic = Index(draw, OffsetKind.Scalar, [(uint)index], stride) };
        var register = draw.Int(0, 40);
        draw.Registers[register] = index;
        return p with { Dynamic = new DynamicOffset(OffsetKind.Register, register, 0, 0, stride) };
    }

    /// <summary>
    /// Two operands of one tensor, side by side; an index moves the second, perhaps onto the first.
    /// </summary>
    public static (AccessPattern First, AccessPattern Second) Beside(
        Draw draw, MemorySpace space, DType dtype, (int Partitions, int Free) first, (int Partitions, int Free) second)
    {
        var both = draw.Tile(space, dtype, Math.Max(first.Partitions, second.Partitions), first.Free + second.Free, Use.Sum);
        AccessPattern Part(int from, (int Partitions, int Free) shape) => both with
        {
            Partitions = shape.Partitions,
            Offset = both.Offset + from * dtype.Size(),
            Count0 = 1,
            Count1 = 1,
            Count2 = 1,
            Count3 = shape.Free,
            Stride0 = 0,
            Stride1 = 0,
            Stride2 = 0,
            Stride3 = 1,
        };
        var register = draw.Int(0, 40);
        var stride = draw.Int(1, first.Free);
        draw.Registers[register] = draw.Chance(40) ? 0 : -draw.Int(0, first.Free / stride);
        return (Part(0, first), Part(first.Free, second) with { Dynamic = new DynamicOffset(OffsetKind.Register, register, 0, 0, stride) });
    }

    /// <summary>
    /// Each row starts where its index says, one row of the tensor after another; perhaps no two at one place.
    /// </summary>
    public static AccessPattern Rows(Draw draw, AccessPattern p, bool isUnique = false)
    {
        var outside = draw.Chance(25);
        var indices = new uint[p.Partitions];
        for (var i = 0; i < indices.Length; i++)
            indices[i] = (uint)(outside && draw.Chance(20) ? draw.Int(-3, p.Partitions + 5)
                : draw.Int(0, p.Partitions - 1));
        if (isUnique)
        {
            indices = [.. Enumerable.Range(0, p.Partitions).Select(i => (uint)i)];
            draw.Random.Shuffle(indices);
            if (outside) indices[draw.Int(0, indices.Length - 1)] = (uint)draw.Of(-1, -3, p.Partitions + 3);
        }

        return Indexed(draw, p, indices, 0);
    }

    /// <summary>As <see cref="Rows"/>, the uint32 indices in columns of so many, or in one.</summary>
    public static AccessPattern Columns(Draw draw, AccessPattern p, int group)
    {
        var outside = draw.Chance(25);
        var indices = Enumerable.Range(0, p.Partitions)
            .Select(_ => (uint)draw.Int(0, outside && draw.Chance(5) ? p.Partitions + 9 : p.Partitions - 1)).ToArray();
        return Indexed(draw, p, indices, group, DType.UInt32);
    }

    private static AccessPattern Indexed(Draw draw, AccessPattern p, uint[] indices, int group, DType? dtype = null)
    {
        var below = Math.Min(0, p.PartitionStep) * (p.Partitions - 1) * p.DType.Size();
        p = p with { Offset = p.Offset + below };
        return p with { Dynamic = Index(draw, OffsetKind.Vector, indices, Math.Abs(p.PartitionStep), group, dtype) };
    }

    private static DynamicOffset Index(
        Draw draw, OffsetKind kind, uint[] indices, long stride, int group = 0, DType? dtype = null)
    {
        var rows = group == 0 ? indices.Length : Math.Min(group, indices.Length);
        var column = draw.Tile(
            MemorySpace.Sbuf, dtype ?? draw.Of(DType.Int32, DType.UInt32), rows, (indices.Length + rows - 1) / rows, Use.Sum);
        var tensor = draw.Tensors[column.Tensor];
        var row = (int)(tensor.BytesPerPartition / sizeof(int));
        var elements = new uint[row * tensor.Partitions];
        var first = (int)column.Offset / sizeof(int);
        for (var i = 0; i < indices.Length; i++)
            elements[(column.StartPartition + i % rows) * row + first + i / rows] = indices[i];
        draw.Fill(column, elements);
        return new DynamicOffset(kind, column.Tensor, column.StartPartition, (int)column.Offset, stride, group);
    }
}
