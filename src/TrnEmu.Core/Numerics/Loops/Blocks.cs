using System.Runtime.CompilerServices;
using TrnEmu.Core.Numerics.Codecs;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>
/// An operand as a loop sees it, block by block. Rows of fp32 and bf16 are read and written in place by their codec;
/// other dtypes and patterns by way of a buffer of fp32.
/// </summary>
internal readonly unsafe ref struct Blocks
{
    private readonly ref readonly Tile _tile;
    private readonly byte* _base;
    private readonly float* _buffer;
    private readonly long _partitionStride;

    /// <summary>Blocks of a tile, with a buffer of <see cref="RowBytes.Block"/> values.</summary>
    public Blocks(in Tile tile, float* buffer)
    {
        _tile = ref tile;
        _base = tile.Base;
        _buffer = buffer;
        _partitionStride = tile.PartitionStride;
        IsStaged = !(tile.IsRow && tile.DType == DType.Fp32) && !IsBf16(tile);
    }

    /// <summary>
    /// True when elements go through the buffer; a block then has at most <see cref="RowBytes.Block"/> of them.
    /// </summary>
    public bool IsStaged { get; }

    /// <summary>True when the elements are read and written in place as bf16, else as fp32.</summary>
    public static bool IsBf16(in Tile tile) =>
        tile.IsRow && tile.DType == DType.Bf16 && !tile.Rounding.Concerns(DType.Bf16);

    /// <summary>Where <typeparamref name="TCodec"/> finds the elements of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Read<TCodec>(int partition, int start, int count)
        where TCodec : struct, ICodec
    {
        if (IsStaged) Rows.Load(_tile, partition, start, _buffer, count);
        return Place<TCodec>(partition, start);
    }

    /// <summary>Where <typeparamref name="TCodec"/> puts the elements of a block, before <see cref="Write"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Place<TCodec>(int partition, int start)
        where TCodec : struct, ICodec =>
        IsStaged ? (byte*)_buffer : _base + partition * _partitionStride + (long)start * TCodec.Size;

    /// <summary>Takes what was put at <see cref="Place"/> to its elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(int partition, int start, int count)
    {
        if (IsStaged) Rows.Store(_tile, partition, start, _buffer, count);
    }
}
