using System.Numerics.Tensors;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>Moves elements from tile to tile in pattern order, converting or adding on the way.</summary>
internal static class Transport
{
    private const int Block = 512;

    /// <summary>Element i of dst = element i of src: bits kept for equal dtypes, else rounded once from fp32.</summary>
    public static void Copy(in Tile dst, in Tile src)
    {
        if (dst.DType == src.DType) Bytes.Copy(dst, src);
        else Add(dst, new ReadOnlySpan<Tile>(in src));
    }

    /// <summary>
    /// Element i of dst = the sum of elements i of the sources in fp32, from the first source on, rounded once.
    /// </summary>
    public static void Add(in Tile dst, ReadOnlySpan<Tile> sources)
    {
        Span<float> sum = stackalloc float[Block];
        Span<float> next = stackalloc float[Block];
        var elements = (long)dst.Partitions * dst.Elements;
        for (long at = 0; at < elements;)
        {
            var count = Math.Min(Block, Left(dst, at));
            foreach (ref readonly var source in sources) count = Math.Min(count, Left(source, at));
            Load(sources[0], at, sum[..count]);
            foreach (ref readonly var source in sources[1..])
            {
                Load(source, at, next[..count]);
                TensorPrimitives.Add(sum[..count], next[..count], sum[..count]);
            }

            Rows.Store(dst, (int)(at / dst.Elements), (int)(at % dst.Elements), sum[..count]);
            at += count;
        }
    }

    private static int Left(in Tile tile, long at) => tile.Elements - (int)(at % tile.Elements);

    private static void Load(in Tile tile, long at, Span<float> values) =>
        Rows.Load(tile, (int)(at / tile.Elements), (int)(at % tile.Elements), values);
}
