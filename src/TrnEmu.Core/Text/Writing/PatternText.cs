using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Text.Writing;

/// <summary>
/// Access patterns: <c>t</c> for the whole tensor. Otherwise, in SBUF and PSUM,
/// <c>t[first:end]+offset[stride,count]…</c> (partitions, bytes, free levels), in HBM
/// <c>t+offset[step,count][stride,count]…</c> (the first level is the rows); then <c>:dtype</c> when it is not the
/// tensor's, and the moving part: <c>@r3*64</c> a register, <c>@t(partition,byte)*64</c> one index in SBUF,
/// <c>@@t(partition,byte)*64</c> one index for each partition (<c>@@t(partition,byte)/128*64</c> in columns of 128), <c>@~t(partition,byte)/16*1</c> one for each element,
/// shared by 16 partitions. Leading free levels of one element and stride 0 are left
/// out.
/// </summary>
internal static class PatternText
{
    /// <summary>Appends a pattern.</summary>
    public static void Write(in AccessPattern p, LineWriter line)
    {
        var tensor = line.TensorOf(p.Tensor);
        line.Append(tensor.Name);
        if (!Keywords.IsReserved(tensor.Name) && TryWhole(tensor, out var whole) && p == whole) return;
        var isHbm = tensor.Space == MemorySpace.Hbm;
        if (!isHbm || p.StartPartition != 0) Range(p, line);
        if (p.Offset != 0) Signed(p.Offset, line);
        if (isHbm && p.StartPartition == 0) Level(p.PartitionStep, p.Partitions, line);
        Levels(p, line);
        if (p.DType != tensor.DType) line.Append(':').Append(p.DType.Name());
        Dynamic(p.Dynamic, line);
    }

    /// <summary>The pattern that the bare name stands for; false when a row is too long for one level.</summary>
    public static bool TryWhole(Tensor tensor, out AccessPattern whole)
    {
        var fits = tensor.Elements / tensor.Shape[0] <= int.MaxValue;
        whole = fits ? AccessPattern.Whole(tensor) : default;
        return fits;
    }

    private static void Range(in AccessPattern p, LineWriter line)
    {
        line.Append('[').Append(p.StartPartition).Append(':').Append((long)p.StartPartition + p.Partitions);
        if (p.PartitionStep != 0) line.Append('*').Append(p.PartitionStep);
        line.Append(']');
    }

    private static void Levels(in AccessPattern p, LineWriter line)
    {
        ReadOnlySpan<int> strides = [p.Stride0, p.Stride1, p.Stride2, p.Stride3];
        ReadOnlySpan<int> counts = [p.Count0, p.Count1, p.Count2, p.Count3];
        var first = 0;
        while (first < counts.Length && counts[first] == 1 && strides[first] == 0) first++;
        for (var i = first; i < counts.Length; i++) Level(strides[i], counts[i], line);
    }

    private static void Dynamic(in DynamicOffset d, LineWriter line)
    {
        if (d.Kind == OffsetKind.None) return;
        line.Append(d.Kind == OffsetKind.Vector ? "@@" : d.Kind == OffsetKind.Indirect ? "@~" : "@");
        if (d.Kind == OffsetKind.Register)
        {
            line.Append('r').Append(d.Source);
        }
        else
        {
            line.Append(line.TensorOf(d.Source).Name);
            line.Append('(').Append(d.SourcePartition).Append(',').Append(d.SourceByte).Append(')');
        }

        if (d.Group != 0) line.Append('/').Append(d.Group);
        line.Append('*').Append(d.Stride);
    }

    private static void Level(long stride, int count, LineWriter line) =>
        line.Append('[').Append(stride).Append(',').Append(count).Append(']');

    private static void Signed(long number, LineWriter line)
    {
        if (number >= 0) line.Append('+');
        line.Append(number);
    }
}
