using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>The boxes of a map that a pattern touches; which bytes these are, <see cref="MemoryMaps{T}"/> says.</summary>
/// <param name="tensor">The pattern's tensor.</param>
/// <param name="map">Its map.</param>
/// <param name="touch">What is done.</param>
/// <param name="number">The tensor, plus 1.</param>
internal readonly struct PatternBoxes(Tensor tensor, BoxMap map, Touch touch, int number)
{
    /// <summary>The one box of a static pattern on the chip whose free elements leave no gap, as most do.</summary>
    public static bool TryBox(in AccessPattern pattern, in TensorPlace place, out Box box)
    {
        var size = (long)pattern.DType.Size();
        var length = size;
        var isOne = Joins(pattern.Count3, pattern.Stride3 * size, ref length)
            && Joins(pattern.Count2, pattern.Stride2 * size, ref length)
            && Joins(pattern.Count1, pattern.Stride1 * size, ref length)
            && Joins(pattern.Count0, pattern.Stride0 * size, ref length);
        var start = pattern.Offset + place.Byte;
        var first = pattern.StartPartition + place.Partition;
        box = new Box((int)start, (int)(start + length), first, first + pattern.Partitions);
        return isOne && start >= 0 && start + length <= int.MaxValue;
    }

    /// <summary>Touches all that a pattern does; false when that may be a fault.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="state">Resolves a dynamic address; null takes all of the tensor.</param>
    public bool Apply(in AccessPattern pattern, IDisplacements? state)
    {
        if (!pattern.IsDynamic) return Apply(new AccessRuns(pattern, tensor));
        var whole = MemoryMaps<bool>.Reach(pattern, tensor);
        if (state is null) return Apply(whole.Start, whole.End - whole.Start, 1, whole.FirstPartition, whole.EndPartition);
        if (pattern.Dynamic.Kind == OffsetKind.Vector) return ApplyRows(pattern, state);
        return pattern.IsIndirect ? ApplyElements(pattern, state) : ApplyInside(pattern, state.Displacement(pattern, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Joins(int count, long step, ref long length)
    {
        if (count <= 1 || step == 0) return true;
        if (step < 0 || step > length) return false;
        length += step * (count - 1);
        return true;
    }

    private bool ApplyRows(in AccessPattern pattern, IDisplacements state)
    {
        for (var row = 0; row < pattern.Partitions; row++)
        {
            var one = pattern with
            {
                Partitions = 1,
                StartPartition = tensor.Space == MemorySpace.Hbm ? 0 : pattern.StartPartition + row,
            };
            if (!ApplyInside(one, state.Displacement(pattern, row))) return false;
        }

        return true;
    }

    private bool ApplyElements(in AccessPattern pattern, IDisplacements state)
    {
        for (var row = 0; row < pattern.Partitions; row += pattern.Dynamic.Group)
        {
            var column = pattern with
            {
                StartPartition = pattern.StartPartition + row,
                Partitions = pattern.Dynamic.Group,
                Count3 = 1,
            };
            for (var i = 0; i < pattern.Free; i++)
            {
                if (!ApplyInside(column, state.Displacement(pattern, row, i))) return false;
            }
        }

        return true;
    }

    /// <summary>What leaves the tensor is left out.</summary>
    private bool ApplyInside(in AccessPattern pattern, long displacement)
    {
        var runs = new AccessRuns(pattern, tensor, displacement);
        var whole = MemoryMaps<bool>.Reach(pattern, tensor);
        return runs.First < whole.Start || runs.End > whole.End || Apply(runs);
    }

    private bool Apply(in AccessRuns runs)
    {
        if (tensor.Space == MemorySpace.Hbm)
        {
            var inRows = -1;
            for (var i = 0; i < runs.LevelCount; i++)
            {
                if (runs.Level(i).Step == map.Bytes) inRows = i;
            }

            return ApplyLevels(runs, runs.LevelCount - 1, inRows, runs.First);
        }

        foreach (var run in runs)
        {
            if (!Apply(run.Start, run.End - run.Start, 1, run.FirstPartition, run.EndPartition)) return false;
        }

        return true;
    }

    /// <summary>The runs of some levels; one that goes from row to row makes a box instead of many.</summary>
    private bool ApplyLevels(in AccessRuns runs, int level, int inRows, long start)
    {
        if (level == inRows) level--;
        if (level < 0) return Apply(start, runs.Length, inRows < 0 ? 1 : runs.Level(inRows).Count, 0, 1);
        var (step, count) = runs.Level(level);
        for (var i = 0L; i < count; i++)
        {
            if (!ApplyLevels(runs, level - 1, inRows, start + i * step)) return false;
        }

        return true;
    }

    /// <summary>Bytes, and in HBM the same bytes of some rows from there on.</summary>
    private bool Apply(long start, long length, long rows, int firstPartition, int endPartition)
    {
        var end = start + length;
        if (tensor.Space != MemorySpace.Hbm)
            return start >= 0 && end <= map.Bytes && Apply(start, end, firstPartition, endPartition);
        var (row, at) = Math.DivRem(start, map.Bytes);
        if (start < 0 || end + (rows - 1) * map.Bytes > tensor.Bytes) return false;
        if (at + length <= map.Bytes) return Apply(at, at + length, row, row + rows);
        for (var i = 0; i < rows; i++)
        {
            if (!ApplyAcross(start + i * (long)map.Bytes, length)) return false;
        }

        return true;
    }

    /// <summary>Bytes that go over the end of a row: the rest of it, whole rows, the start of the last one.</summary>
    private bool ApplyAcross(long start, long length)
    {
        var end = start + length;
        var (row, at) = Math.DivRem(start, map.Bytes);
        var (endRow, endAt) = Math.DivRem(end, map.Bytes);
        if (at > 0 && !Apply(at, map.Bytes, row, ++row)) return false;
        if (row < endRow && !Apply(0, map.Bytes, row, endRow)) return false;
        return endAt == 0 || Apply(0, endAt, endRow, endRow + 1);
    }

    private bool Apply(long start, long end, long firstRow, long endRow) =>
        map.Apply(new Box((int)start, (int)end, (int)firstRow, (int)endRow), touch, number);
}
