using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Codecs;
using TrnEmu.Core.Numerics.Loops;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics;

/// <summary>Means and variances of rows, in fp32.</summary>
public static unsafe class BatchStatistics
{
    /// <summary>Elements of a row that <see cref="OfRows"/> takes at most.</summary>
    public const int Limit = 512;

    private const int Half = Limit / 2;

    /// <summary>
    /// dst[p] = (n, m, s) of src[p, 0], src[p, 2], …, then of src[p, 1], src[p, 3], …: n their count, m their sum / n, s
    /// the sum of (x - m)^2, each operation rounded; sums in the order of <see cref="Elementwise.Reduce"/>. n = 0 gives
    /// zeros. At most <see cref="Limit"/> elements.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfRows(in Tile dst, in Tile src)
    {
        var row = stackalloc float[Limit];
        var part = stackalloc float[Half];
        var results = stackalloc float[6];
        var elements = src.Elements;
        for (var p = 0; p < src.Partitions; p++)
        {
            Rows.Load(src, p, 0, row, elements);
            for (var parity = 0; parity < 2; parity++)
            {
                var count = (elements + 1 - parity) / 2;
                for (var i = 0; i < count; i++) part[i] = row[2 * i + parity];
                Describe(part, count, results + 3 * parity);
            }

            Rows.Store(dst, p, 0, results, 6);
        }
    }

    /// <summary>
    /// dst[p] = (m, s / n) over sets (c, mean, q) that src[p] holds one after the other. Each set with c ≠ 0 is joined
    /// to what came before (n = m = s = 0 at first): d = mean - m, k = n + c, then s = s + (q + (d d) (n c / k)), m = m
    /// + d (c / k), n = k, each operation rounded.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(in Tile dst, in Tile src)
    {
        var set = stackalloc float[3];
        var results = stackalloc float[2];
        for (var p = 0; p < src.Partitions; p++)
        {
            var (n, m, s) = (0f, 0f, 0f);
            for (var i = 0; i < src.Elements; i += 3)
            {
                Rows.Load(src, p, i, set, 3);
                Join(ref n, ref m, ref s, set[0], set[1], set[2]);
            }

            (results[0], results[1]) = (m, s / n);
            Rows.Store(dst, p, 0, results, 2);
        }
    }

    private static void Join(ref float n, ref float m, ref float s, float count, float mean, float squares)
    {
        if (count == 0) return;
        var d = mean - m;
        var k = n + count;
        s += squares + d * d * (n * count / k);
        m += d * (count / k);
        n = k;
    }

    /// <summary>The room behind the values, up to a multiple of 16, is written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Describe(float* values, int count, float* results)
    {
        (results[0], results[1], results[2]) = (count, 0, 0);
        if (count == 0) return;
        var mean = Sum(values, count) / count;
        for (var i = 0; i < count; i += 16)
        {
            var deviation = Vector512.Load(values + i) - Vector512.Create(mean);
            (deviation * deviation).Store(values + i);
        }

        (results[1], results[2]) = (mean, Sum(values, count));
    }

    private static float Sum(float* values, int count) =>
        LaneFold.Tree<Add>(ReduceLoop.Fold<Add, Fp32Codec>(Vector512<float>.Zero, (byte*)values, count));
}
