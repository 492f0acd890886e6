using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>
/// Which elements of one PSUM tensor a matmul wrote last: one bit for every two bytes, since no sum is narrower. Ranges
/// are handled by words of 64 bits; a pattern that covers whole partitions is one range.
/// </summary>
internal sealed class PsumMask
{
    private const int BytesPerBit = 2;
    private const int WordBits = 64;
    private readonly int _rowWords;
    private readonly int _rowBits;
    private readonly ulong[] _words;

    /// <summary>Nothing is written by a matmul yet.</summary>
    public PsumMask(Tensor tensor)
    {
        _rowBits = (int)((tensor.BytesPerPartition + BytesPerBit - 1) / BytesPerBit);
        _rowWords = (_rowBits + WordBits - 1) / WordBits;
        _words = new ulong[tensor.Partitions * _rowWords];
    }

    private PsumMask(PsumMask other)
    {
        _rowBits = other._rowBits;
        _rowWords = other._rowWords;
        _words = [.. other._words];
    }

    /// <summary>The same mask again.</summary>
    public PsumMask Clone() => new(this);

    /// <summary>True when both say the same of every element.</summary>
    public bool Says(PsumMask other) => _words.AsSpan().SequenceEqual(other._words);

    /// <summary>Keeps what both have written, or what either has.</summary>
    public void Merge(PsumMask other, bool either)
    {
        for (var i = 0; i < _words.Length; i++)
            _words[i] = either ? _words[i] | other._words[i] : _words[i] & other._words[i];
    }

    /// <summary>Marks the elements as written by a matmul, or by something else.</summary>
    public void Mark(in AccessPattern p, bool isMatmul)
    {
        foreach (var range in Ranges(p))
        {
            for (var row = range.Row; row < range.EndRow; row++) Fill(Words(row, range), range, isMatmul);
        }
    }

    /// <summary>Clears the pattern's partitions: for writes whose place is known only while running.</summary>
    public void ClearPartitions(in AccessPattern p) =>
        _words.AsSpan(p.StartPartition * _rowWords, p.Partitions * _rowWords).Clear();

    /// <summary>True when a matmul wrote all elements last, false when it wrote none, null when some.</summary>
    public bool? WrittenByMatmul(in AccessPattern p)
    {
        bool all = true, none = true;
        foreach (var range in Ranges(p))
        {
            for (var row = range.Row; row < range.EndRow && (all || none); row++)
            {
                var words = Words(row, range);
                all = all && IsAll(words, range, ulong.MaxValue);
                none = none && IsAll(words, range, 0);
            }
        }

        return all ? true : none ? false : null;
    }

    /// <summary>True when a matmul wrote every byte of one element last.</summary>
    public bool IsWritten(in AccessPattern p, int partition, long element)
    {
        var bit = (p.Offset + FreeElements.ByteOf(p, element)) / BytesPerBit;
        var end = bit + (p.DType.Size() + 1) / BytesPerBit;
        var row = _words.AsSpan((p.StartPartition + partition) * _rowWords, _rowWords);
        for (; bit < end; bit++)
        {
            if ((row[(int)(bit / WordBits)] >> (int)(bit % WordBits) & 1) == 0) return false;
        }

        return true;
    }

    private static void Fill(Span<ulong> words, in BitRange range, bool value)
    {
        Set(ref words[0], range.FirstMask, value);
        if (words.Length == 1) return;
        words[1..^1].Fill(value ? ulong.MaxValue : 0);
        Set(ref words[^1], range.LastMask, value);
    }

    private static void Set(ref ulong word, ulong mask, bool value) => word = value ? word | mask : word & ~mask;

    private static bool IsAll(ReadOnlySpan<ulong> words, in BitRange range, ulong value) =>
        ((words[0] ^ value) & range.FirstMask) == 0
        && (words.Length == 1
            || (((words[^1] ^ value) & range.LastMask) == 0 && words[1..^1].IndexOfAnyExcept(value) < 0));

    private Span<ulong> Words(int row, in BitRange range) =>
        _words.AsSpan(row * _rowWords + range.FirstWord, range.Words);

    private IEnumerable<BitRange> Ranges(AccessPattern p)
    {
        var run = FreeElements.RunLength(p);
        for (long element = 0; element < p.Free; element += run)
        {
            var start = p.Offset + FreeElements.ByteOf(p, element);
            var bit = (int)(start / BytesPerBit);
            var end = (int)((start + run * p.DType.Size() + BytesPerBit - 1) / BytesPerBit);
            yield return bit == 0 && end == _rowBits && end % WordBits == 0
                ? new BitRange(p.StartPartition, p.StartPartition + 1, 0, end, p.Partitions)
                : new BitRange(p.StartPartition, p.StartPartition + p.Partitions, bit, end);
        }
    }

    /// <summary>Bits [bit, end) of some rows; whole rows that follow one another are one long row.</summary>
    private readonly struct BitRange(int row, int endRow, int bit, int end, int longRow = 1)
    {
        public readonly int Row = row;
        public readonly int EndRow = endRow;
        public readonly int FirstWord = bit / WordBits;
        public readonly int Words =
            longRow > 1 ? longRow * (end / WordBits) : (end - 1) / WordBits - bit / WordBits + 1;
        public readonly ulong FirstMask =
            ulong.MaxValue << bit % WordBits
            & (bit / WordBits == (end - 1) / WordBits ? LastBits(end) : ulong.MaxValue);

        public readonly ulong LastMask = LastBits(end);

        private static ulong LastBits(int end) => ulong.MaxValue >> (WordBits - end % WordBits) % WordBits;
    }
}
