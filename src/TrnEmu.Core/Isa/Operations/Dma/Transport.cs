using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>Moves elements from tile to tile in pattern order, converting on the way.</summary>
internal static class Transport
{
    private const int Block = 512;

    /// <summary>Element i of dst = element i of src: bits kept for equal dtypes, else rounded once from fp32.</summary>
    public static void Copy(in Tile dst, in Tile src)
    {
        if (dst.DType == src.DType) Bytes.Copy(dst, src);
        else Convert(dst, src);
    }

    private static void Convert(in Tile dst, in Tile src)
    {
        Span<float> block = stackalloc float[Block];
        int from = 0, to = 0, read = 0, written = 0;
        while (from < src.Partitions)
        {
            var count = Math.Min(Block, Math.Min(src.Elements - read, dst.Elements - written));
            Rows.Load(src, from, read, block[..count]);
            Rows.Store(dst, to, written, block[..count]);
            Advance(ref from, ref read, count, src.Elements);
            Advance(ref to, ref written, count, dst.Elements);
        }
    }

    private static void Advance(ref int partition, ref int element, int count, int elements)
    {
        element += count;
        if (element < elements) return;
        element = 0;
        partition++;
    }
}
