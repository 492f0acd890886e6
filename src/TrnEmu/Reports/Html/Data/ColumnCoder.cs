using System.Buffers;
using System.Numerics;

namespace TrnEmu.Reports.Html.Data;

/// <summary>How the numbers of a column are written.</summary>
[Flags]
internal enum ColumnCoding : byte
{
    /// <summary>Each number by itself.</summary>
    Plain = 0,

    /// <summary>Each as its difference from the one before, the first from 0.</summary>
    Differences = 1,

    /// <summary>Pairs: a number (or difference), and how often it follows itself.</summary>
    Runs = 2,

    /// <summary>Some need more than 32 bits.</summary>
    Wide = 4,

    /// <summary>No numbers: bytes.</summary>
    Bytes = 8,
}

/// <summary>
/// Writes whole numbers so that small ones take few bytes: signs folded into the lowest bit, seven bits to a byte, the
/// lowest first, the highest bit set where more follow. Of four ways the shortest is taken.
/// </summary>
internal static class ColumnCoder
{
    private const int Bits = 7;
    private const byte More = 0x80;
    private const int Longest = 10;

    /// <summary>Appends a column and tells how it was written.</summary>
    public static ColumnCoding Write(ReadOnlySpan<long> values, IBufferWriter<byte> output)
    {
        var coding = Shortest(values) | (IsWide(values) ? ColumnCoding.Wide : 0);
        long last = 0;
        for (var i = 0; i < values.Length;)
        {
            var value = Next(values, i, ref last, coding);
            var end = i + 1;
            if ((coding & ColumnCoding.Runs) != 0)
            {
                while (end < values.Length && Peek(values, end, coding) == value) last = values[end++];
            }

            Number(value, output);
            if ((coding & ColumnCoding.Runs) != 0) Number(end - i - 1, output);
            i = end;
        }

        return coding;
    }

    /// <summary>Appends a number.</summary>
    public static void Number(long value, IBufferWriter<byte> output)
    {
        var folded = Fold(value);
        var span = output.GetSpan(Longest);
        var n = 0;
        for (; folded >= More; folded >>= Bits) span[n++] = (byte)(folded | More);
        span[n++] = (byte)folded;
        output.Advance(n);
    }

    private static ColumnCoding Shortest(ReadOnlySpan<long> values)
    {
        Span<long> sizes = stackalloc long[4];
        foreach (var coding in (ReadOnlySpan<ColumnCoding>)[ColumnCoding.Plain, ColumnCoding.Differences])
        {
            long before = 0, run = 0;
            for (var i = 0; i < values.Length; i++)
            {
                var value = Peek(values, i, coding);
                var size = Size(value);
                sizes[(int)coding] += size;
                if (i > 0 && value == before) run++;
                else
                {
                    if (i > 0) sizes[(int)(coding | ColumnCoding.Runs)] += Size(run);
                    sizes[(int)(coding | ColumnCoding.Runs)] += size;
                    run = 0;
                }

                before = value;
            }

            sizes[(int)(coding | ColumnCoding.Runs)] += Size(run);
        }

        var best = 0;
        for (var i = 1; i < sizes.Length; i++) best = sizes[i] < sizes[best] ? i : best;
        return (ColumnCoding)best;
    }

    private static long Next(ReadOnlySpan<long> values, int i, ref long last, ColumnCoding coding)
    {
        var value = (coding & ColumnCoding.Differences) != 0 ? values[i] - last : values[i];
        last = values[i];
        return value;
    }

    private static long Peek(ReadOnlySpan<long> values, int i, ColumnCoding coding) =>
        (coding & ColumnCoding.Differences) != 0 && i > 0 ? values[i] - values[i - 1] : values[i];

    private static bool IsWide(ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            if (value != (int)value) return true;
        }

        return false;
    }

    private static int Size(long value) => (64 - BitOperations.LeadingZeroCount(Fold(value) | 1) + Bits - 1) / Bits;

    private static ulong Fold(long value) => (ulong)(value << 1 ^ value >> 63);
}
