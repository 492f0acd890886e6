using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text.Codecs;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Reading;

/// <summary>Reads access patterns in the form of <see cref="PatternText"/>.</summary>
internal static class PatternReader
{
    private const int FreeLevels = 4;

    /// <summary>Reads a pattern; false when an error was reported.</summary>
    public static bool TryRead(LineReader line, string expected, out AccessPattern pattern)
    {
        var start = line.Column;
        if (!TryTensor(line, expected, out var tensor, out pattern)) return false;
        var isExplicit = TryRows(line, tensor, ref pattern, out var ok);
        if (!ok) return false;
        if (!isExplicit)
        {
            if (PatternText.TryWhole(tensor, out pattern)) return true;
            return line.Limit($"{tensor.TypeText} has rows of more than {int.MaxValue} elements: give a pattern", start);
        }

        return TryLevels(line, ref pattern) && TryDType(line, ref pattern) && DynamicReader.TryRead(line, ref pattern)
            && CheckSize(line, pattern, start);
    }

    /// <summary>Reads a tensor's name.</summary>
    public static bool TryTensor(LineReader line, string expected, out Tensor tensor, out AccessPattern pattern)
    {
        var start = line.Column;
        var name = line.Word();
        tensor = line.Tensors.Find(name)!;
        pattern = default;
        if (tensor is null)
            return !line.Tensors.IsRefused(name) && line.ExpectedName(expected, name, line.Tensors.Names, start);
        pattern = new AccessPattern { Tensor = tensor.Id, DType = tensor.DType };
        return true;
    }

    /// <summary>Partitions and offset; false when the name stands alone.</summary>
    private static bool TryRows(LineReader line, Tensor tensor, ref AccessPattern p, out bool ok)
    {
        ok = true;
        var position = line.Column;
        if (line.AtSign())
        {
            if (tensor.Space == MemorySpace.Hbm)
            {
                ok = TryOffset(line, ref p) && line.Take('[', "`[step,count]`, the rows in HBM") && TryStep(line, ref p);
                return true;
            }

            ok = line.Expected($"`[first:end]`, the partitions of {tensor.Name}", position);
            return true;
        }

        if (!line.TryTake('[')) return false;
        ok = TryRange(line, tensor, ref p);
        return true;
    }

    private static bool TryRange(LineReader line, Tensor tensor, ref AccessPattern p)
    {
        if (!line.TryInteger("a partition or step", -TextLimits.Reach, TextLimits.Reach, out var first)) return false;
        if (tensor.Space == MemorySpace.Hbm && line.TryTake(',')) return TryCount(line, first, ref p);
        var position = line.Column;
        if (!line.Take(':', tensor.Space == MemorySpace.Hbm ? "`,` or `:`" : "`:` of partitions [first:end]"))
            return false;
        if (!line.TryInteger("the end of the partitions", long.MinValue, TextLimits.Reach, out var end)) return false;
        if (first < 0 || end <= first || end - first > int.MaxValue || first > int.MaxValue)
            return line.Limit(FormattableString.Invariant($"[{first}:{end}] has no partitions: 0 <= first < end"), position);
        long step = 0;
        if (line.TryTake('*') && !line.TryInteger("a step", -TextLimits.Reach, TextLimits.Reach, out step))
            return false;
        p = p with { StartPartition = (int)first, Partitions = (int)(end - first), PartitionStep = step };
        return line.Take(']') && (!line.AtSign() || TryOffset(line, ref p));
    }

    private static bool TryStep(LineReader line, ref AccessPattern p) =>
        line.TryInteger("a step", -TextLimits.Reach, TextLimits.Reach, out var step) && line.Take(',') && TryCount(line, step, ref p);

    private static bool TryCount(LineReader line, long step, ref AccessPattern p)
    {
        if (!line.TryInteger("a count", 1, int.MaxValue, out var count)) return false;
        p = p with { PartitionStep = step, Partitions = (int)count };
        return line.Take(']');
    }

    private static bool TryOffset(LineReader line, ref AccessPattern p)
    {
        if (!line.TryInteger("an offset in bytes", -TextLimits.Reach, TextLimits.Reach, out var offset)) return false;
        p = p with { Offset = offset };
        return true;
    }

    private static bool TryLevels(LineReader line, ref AccessPattern p)
    {
        Span<int> strides = stackalloc int[2 * FreeLevels];
        Span<int> counts = stackalloc int[2 * FreeLevels];
        counts.Fill(1);
        var n = 0;
        for (var start = line.Column; line.TryTake('['); start = line.Column)
        {
            if (n == FreeLevels) return line.Limit($"pattern has more than {FreeLevels} free levels", start);
            if (!line.TryInteger("a stride", int.MinValue, int.MaxValue, out var stride) || !line.Take(','))
                return false;
            if (!line.TryInteger("a count", 1, int.MaxValue, out var count) || !line.Take(']')) return false;
            strides[FreeLevels + n] = (int)stride;
            counts[FreeLevels + n++] = (int)count;
        }

        // Packed to the inner end: the last level read is level 3, levels before the first are one element of stride 0.
        p = p with
        {
            Stride0 = strides[n],
            Stride1 = strides[n + 1],
            Stride2 = strides[n + 2],
            Stride3 = strides[n + 3],
            Count0 = counts[n],
            Count1 = counts[n + 1],
            Count2 = counts[n + 2],
            Count3 = counts[n + 3],
        };
        return true;
    }

    private static bool TryDType(LineReader line, ref AccessPattern p)
    {
        if (!line.TryTake(':')) return true;
        if (!ValueCodecs.Of(typeof(DType)).TryRead(line, out var dtype)) return false;
        p = p with { DType = (DType)dtype! };
        return true;
    }

    /// <summary>Keeps sums and products of later address arithmetic within 64 bits.</summary>
    private static bool CheckSize(LineReader line, in AccessPattern p, int start)
    {
        var elements = (Int128)p.Partitions * p.Count0 * p.Count1 * p.Count2 * p.Count3;
        if (elements > TextLimits.Elements)
            return line.Limit(FormattableString.Invariant($"pattern has {elements} elements, limit {TextLimits.Elements}"), start);
        var reach = Span(p.PartitionStep, p.Partitions) + Span(p.Stride0, p.Count0) + Span(p.Stride1, p.Count1)
            + Span(p.Stride2, p.Count2) + Span(p.Stride3, p.Count3);
        return reach <= TextLimits.Reach
            || line.Limit(FormattableString.Invariant($"pattern reaches over {reach} elements, limit {TextLimits.Reach}"), start);
    }

    private static Int128 Span(Int128 stride, int count) => Int128.Abs(stride) * (count - 1);
}
