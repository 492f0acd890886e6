using TrnEmu.Core.Numerics.Codecs;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>How a loop reaches an operand's elements.</summary>
internal enum Access
{
    /// <summary>Every partition is a row of bf16: read and written in place.</summary>
    Bf16Row,

    /// <summary>Every partition is a row of fp32: read and written in place.</summary>
    Fp32Row,

    /// <summary>Other dtypes and patterns: by way of a block of fp32.</summary>
    Staged,
}

/// <summary>Blocks of an operand as a loop sees them.</summary>
internal static unsafe class Blocks
{
    public static Access AccessOf(in Tile tile) => !tile.IsRow ? Access.Staged : tile.DType switch
    {
        DType.Bf16 => Access.Bf16Row,
        DType.Fp32 => Access.Fp32Row,
        _ => Access.Staged,
    };

    /// <summary>Elements of a block: a whole partition when no operand is staged.</summary>
    public static int Length(int elements, bool staged) => staged ? RowBytes.Block : Math.Max(elements, 1);

    /// <summary>Where <typeparamref name="TCodec"/> finds the block: in place, or in <paramref name="buffer"/>, loaded.</summary>
    public static byte* Read<TCodec>(in Tile tile, int partition, int start, int count, float* buffer)
        where TCodec : struct, ICodec
    {
        if (TCodec.Size == 0) return null;
        var place = Place(tile, partition, start, buffer);
        if (place == buffer) Rows.Load(tile, partition, start, buffer, count);
        return place;
    }

    /// <summary>Where the block is written: in place, or in <paramref name="buffer"/>, to be stored by <see cref="Write"/>.</summary>
    public static byte* Place(in Tile tile, int partition, int start, float* buffer) =>
        AccessOf(tile) == Access.Staged ? (byte*)buffer : RowBytes.Direct(tile, partition, start);

    /// <summary>Stores the block when <paramref name="place"/> is the buffer.</summary>
    public static void Write(in Tile tile, int partition, int start, int count, byte* place, float* buffer)
    {
        if (place == (byte*)buffer) Rows.Store(tile, partition, start, buffer, count);
    }
}
