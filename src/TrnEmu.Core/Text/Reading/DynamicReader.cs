using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Text.Reading;

/// <summary>
/// Reads the moving part of an access pattern: <c>@r3*64</c>, <c>@t(0,16)*64</c>, <c>@@t(0,16)*64</c>,
/// <c>@@t(0,16)/128*64</c>, <c>@~t(0,16)/16*1</c>.
/// </summary>
internal static class DynamicReader
{
    private const string Register = "a register (r0, r1, …) or an index tensor";

    /// <summary>Reads the moving part if there is one; false when an error was reported.</summary>
    public static bool TryRead(LineReader line, ref AccessPattern p)
    {
        if (!line.TryTake('@')) return true;
        var kind = line.TryTake('@') ? OffsetKind.Vector : line.TryTake('~') ? OffsetKind.Indirect : OffsetKind.Scalar;
        if (!TrySource(line, kind, out var dynamic) || !TryGroup(line, ref dynamic) || !line.Take('*', "`*` and the stride of the index"))
            return false;
        if (!line.TryInteger("the stride of the index", -TextLimits.Reach, TextLimits.Reach, out var stride))
            return false;
        p = p with { Dynamic = dynamic with { Stride = stride } };
        return true;
    }

    private static bool TryGroup(LineReader line, ref DynamicOffset dynamic)
    {
        const string Expected = "`/` and the partitions that share indices";
        if (dynamic.Kind is not (OffsetKind.Indirect or OffsetKind.Vector)) return true;
        if (!line.TryTake('/')) return dynamic.Kind == OffsetKind.Vector || line.Expected(Expected, line.Column);
        if (!line.TryInteger("a number of partitions", 1, Limits.Partitions, out var group)) return false;
        dynamic = dynamic with { Group = (int)group };
        return true;
    }

    private static bool TrySource(LineReader line, OffsetKind kind, out DynamicOffset dynamic)
    {
        var start = line.Column;
        dynamic = new DynamicOffset(OffsetKind.Register, 0, 0, 0, 0);
        if (Numbered.TryParse(line.PeekWord(), 'r', out var register) && kind == OffsetKind.Scalar)
        {
            line.Word();
            dynamic = dynamic with { Source = register };
            if (!line.TryTake('(')) return true;
            line.Back(start);
        }

        var expected = kind == OffsetKind.Scalar ? Register : "an index tensor";
        if (!PatternReader.TryTensor(line, expected, out var tensor, out _) || !line.Take('(')) return false;
        if (!line.TryInteger("a partition", 0, int.MaxValue, out var partition) || !line.Take(',')) return false;
        if (!line.TryInteger("a byte", 0, int.MaxValue, out var at) || !line.Take(')')) return false;
        dynamic = new DynamicOffset(kind, tensor.Id, (int)partition, (int)at, 0);
        return true;
    }
}
