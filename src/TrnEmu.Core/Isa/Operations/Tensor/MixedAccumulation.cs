using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>Accumulation whose alternating runs overwrite some elements of a destination and add to others.</summary>
internal static class MixedAccumulation
{
    private const int WordBits = 64;

    /// <summary>Words of a mask: each partition starts a word.</summary>
    public static int MaskWords(in AccessPattern dst) => dst.Partitions * RowWords(dst);

    /// <summary>Sets bit n of row m where element (m, n) is added to. The mask comes in cleared.</summary>
    public static void FillMask(in AccessPattern dst, ReadOnlySpan<int> runs, Span<ulong> mask)
    {
        var (free, words) = ((int)dst.Free, RowWords(dst));
        var element = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            for (var end = element + runs[i]; element < end; element++)
            {
                var (row, column) = Math.DivRem(element, free);
                if (i % 2 == 1) mask[row * words + column / WordBits] |= 1UL << column % WordBits;
            }
        }
    }

    /// <summary>The runs are positive (the first may be 0) and cover the destination exactly.</summary>
    public static void Verify(Verifier v, in AccessPattern dst, ReadOnlySpan<int> runs)
    {
        long sum = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            if (runs[i] < (i == 0 ? 0 : 1))
                v.Error(TensorCodes.MixedRuns, $"run {i} of accumulate has {runs[i]} elements, at least 1 expected");
            sum += runs[i];
        }

        if (sum != dst.Elements)
            v.Error(TensorCodes.MixedRuns, $"the runs of accumulate have {sum} elements, dst has {dst.Elements}");
    }

    /// <summary>Names the overwritten parts as writes, the others as accumulation; equal partitions together.</summary>
    public static void Effects(EffectSink sink, in AccessPattern dst, ReadOnlySpan<int> runs)
    {
        var mask = new ulong[MaskWords(dst)];
        FillMask(dst, runs, mask);
        var words = RowWords(dst);
        for (int first = 0, end; first < dst.Partitions; first = end)
        {
            ReadOnlySpan<ulong> row = mask.AsSpan(first * words, words);
            end = first + 1;
            while (end < dst.Partitions && row.SequenceEqual(mask.AsSpan(end * words, words))) end++;
            Rows(sink, dst with { StartPartition = dst.StartPartition + first, Partitions = end - first }, row);
        }
    }

    private static void Rows(EffectSink sink, in AccessPattern dst, ReadOnlySpan<ulong> row)
    {
        for (int n = 0, end; n < dst.Free; n = end)
        {
            var adds = IsSet(row, n);
            var levelEnd = (n / dst.Count3 + 1) * dst.Count3;
            end = n + 1;
            while (end < levelEnd && IsSet(row, end) == adds) end++;
            var part = dst with
            {
                Offset = dst.Offset + FreeElements.ByteOf(dst, n),
                Count0 = 1,
                Count1 = 1,
                Count2 = 1,
                Count3 = end - n,
            };
            if (adds) sink.Accumulate(part);
            else sink.Write(part);
        }
    }

    private static bool IsSet(ReadOnlySpan<ulong> row, int n) => (row[n / WordBits] >> n % WordBits & 1) != 0;

    private static int RowWords(in AccessPattern dst) => ((int)dst.Free + WordBits - 1) / WordBits;
}
