using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>
/// The eight largest elements of a row, descending: NaN, whatever its sign, over +Inf, and +0 over -0, as maximum has
/// it. In that order a value is an integer: its bits, the lower 31 of negative ones inverted.
/// </summary>
internal static unsafe class LargestEight
{
    private const int Count = 8;

    /// <summary>dst[p, 0…7] = the largest of src[p], at least eight elements.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(in Tile dst, in Tile src)
    {
        var block = stackalloc float[RowBytes.Block];
        var largest = stackalloc int[Count];
        for (var p = 0; p < src.Partitions; p++)
        {
            new Span<int>(largest, Count).Fill(int.MinValue);
            for (var start = 0; start < src.Elements; start += RowBytes.Block)
            {
                var count = Math.Min(RowBytes.Block, src.Elements - start);
                Rows.Load(src, p, start, block, count);
                Look(block, count, largest);
            }

            for (var i = 0; i < Count; i++) largest[i] = Turn(largest[i]);
            Rows.Store(dst, p, 0, (float*)largest, Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Look(float* values, int count, int* largest)
    {
        for (var i = 0; i < count; i += 16)
        {
            var keys = Keys(Vector512.Load(values + i));
            var candidates = Vector512.GreaterThan(keys,
                Vector512.Create(largest[Count - 1])).ExtractMostSignificantBits();
            if (count - i < 16) candidates &= (1u << (count - i)) - 1;
            for (; candidates != 0; candidates &= candidates - 1)
                Insert(largest, keys[System.Numerics.BitOperations.TrailingZeroCount(candidates)]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Insert(int* largest, int key)
    {
        if (key <= largest[Count - 1]) return;
        var i = Count - 1;
        for (; i > 0 && largest[i - 1] < key; i--) largest[i] = largest[i - 1];
        largest[i] = key;
    }

    private static Vector512<int> Keys(Vector512<float> values)
    {
        var canonical = Vector512.Create(float.NaN) & Vector512.Create(int.MaxValue).AsSingle();
        var bits = Vector512.ConditionalSelect(Vector512.Equals(values, values), values, canonical).AsInt32();
        return bits ^ ((bits >> 31) & Vector512.Create(int.MaxValue));
    }

    /// <summary>From a key to the bits, and back.</summary>
    private static int Turn(int key) => key ^ ((key >> 31) & int.MaxValue);
}
