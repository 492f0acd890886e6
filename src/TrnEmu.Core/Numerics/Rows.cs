using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// Elements [start, start + n) of one partition of a tile, in pattern order (level 3 fastest), to and from spans.
/// Nothing is checked: the elements must lie within the tile's memory.
/// </summary>
public static unsafe class Rows
{
    /// <summary>values[i] = fp32(element start + i); see <see cref="Conversions"/>.</summary>
    public static void Load(in Tile tile, int partition, int start, Span<float> values)
    {
        fixed (float* to = values) Load(tile, partition, start, to, values.Length);
    }

    /// <summary>Element start + i = values[i] rounded to the tile's dtype; see <see cref="Conversions"/>.</summary>
    public static void Store(in Tile tile, int partition, int start, ReadOnlySpan<float> values)
    {
        fixed (float* from = values) Store(tile, partition, start, from, values.Length);
    }

    /// <summary>
    /// Element start + i = values[i], saturated to an integer dtype or rounded through fp32 to a float dtype.
    /// </summary>
    public static void StoreInt(in Tile tile, int partition, int start, ReadOnlySpan<int> values)
    {
        fixed (int* from = values)
        {
            if (tile.Rounding.Concerns(tile.DType))
                StoreRounded<IntReader>(tile, partition, start, (byte*)from, values.Length);
            else
                Move<IntWriter>(tile, partition, start, (byte*)from, values.Length);
        }
    }

    /// <summary>values[i] = the bits of element start + i, zero above its size.</summary>
    public static void LoadBits(in Tile tile, int partition, int start, Span<uint> values)
    {
        fixed (uint* to = values) LoadBits(tile, partition, start, to, values.Length);
    }

    /// <summary>Element start + i = the low bits of values[i].</summary>
    public static void StoreBits(in Tile tile, int partition, int start, ReadOnlySpan<uint> values)
    {
        fixed (uint* from = values) StoreBits(tile, partition, start, from, values.Length);
    }

    internal static void Load(in Tile tile, int partition, int start, float* to, int count) =>
        Move<FloatReader>(tile, partition, start, (byte*)to, count);

    internal static void Store(in Tile tile, int partition, int start, float* from, int count)
    {
        if (tile.Rounding.Concerns(tile.DType))
            StoreRounded<FloatReader>(tile, partition, start, (byte*)from, count);
        else
            Move<FloatWriter>(tile, partition, start, (byte*)from, count);
    }

    internal static void LoadBits(in Tile tile, int partition, int start, uint* to, int count) =>
        Move<BitsReader>(tile, partition, start, (byte*)to, count);

    internal static void StoreBits(in Tile tile, int partition, int start, uint* from, int count) =>
        Move<BitsWriter>(tile, partition, start, (byte*)from, count);

    /// <summary>As the tile's rounding has it; values of four bytes, fp32 or int32.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreRounded<TReader>(in Tile tile, int partition, int start, byte* values, int count)
        where TReader : struct, IMover
    {
        var buffer = stackalloc float[RowBytes.Block];
        for (var done = 0; done < count; done += RowBytes.Block)
        {
            var n = Math.Min(RowBytes.Block, count - done);
            TReader.Convert(DType.Fp32, values + (long)done * sizeof(float), (byte*)buffer, n);
            tile.Rounding.Prepare(tile.DType, partition, start + done, new Span<float>(buffer, n));
            Move<FloatWriter>(tile, partition, start + done, (byte*)buffer, n);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move<TMover>(in Tile tile, int partition, int start, byte* values, int count)
        where TMover : struct, IMover
    {
        var direct = RowBytes.Direct(tile, partition, start);
        if (direct != null)
        {
            TMover.Convert(tile.DType, direct, values, count);
            return;
        }

        var buffer = stackalloc byte[RowBytes.Block * sizeof(uint)];
        for (var done = 0; done < count; done += RowBytes.Block)
        {
            var n = Math.Min(RowBytes.Block, count - done);
            var block = values + (long)done * sizeof(uint);
            if (!TMover.Writes) RowBytes.Gather(tile, partition, start + done, buffer, n);
            TMover.Convert(tile.DType, buffer, block, n);
            if (TMover.Writes) RowBytes.Scatter(tile, partition, start + done, buffer, n);
        }
    }
}
