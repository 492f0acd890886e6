using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// Rows of up to 64 columns of an input by the terms of the sums: where they lie if they are whole and without gaps, else
/// copied.
/// </summary>
internal readonly unsafe ref struct TermRows
{
    /// <summary>Two rows and one of zeros, of elements up to two bytes.</summary>
    public const int ScratchBytes = 3 * RowBytesAtMost;

    private const int RowBytesAtMost = PairRows.Width * sizeof(ushort);

    private readonly ref readonly Tile _tile;
    private readonly byte* _scratch;
    private readonly byte* _first, _second;
    private readonly int _layers, _columns, _start, _count, _depth;

    /// <summary>Columns start to start + count - 1; the scratch is the caller's.</summary>
    public TermRows(in MatmulInputs inputs, in Tile tile, int start, int count, byte* scratch)
    {
        _tile = ref tile;
        _scratch = scratch;
        (_layers, _columns, _start, _count) = (inputs.Layers, tile.Elements / inputs.Layers, start, count);
        _depth = inputs.Depth;
        Unsafe.InitBlock(scratch, 0, ScratchBytes);
        _first = Dense(0);
        _second = _layers == 1 ? null : Dense(1);
    }

    /// <summary>64 elements of term r, zeros beyond the columns and beyond the last term; valid up to r + 1.</summary>
    public byte* Row(int r)
    {
        if (r >= _depth) return _scratch + 2 * RowBytesAtMost;
        var (partition, layer) = _layers == 1 ? (r, 0) : (r >> 1, r & 1);
        var dense = layer == 0 ? _first : _second;
        if (dense != null && _count == PairRows.Width) return dense + partition * _tile.PartitionStride;
        var copy = _scratch + (r & 1) * RowBytesAtMost;
        if (dense != null)
            Unsafe.CopyBlock(copy, dense + partition * _tile.PartitionStride, (uint)(_count * _tile.DType.Size()));
        else
            RowBytes.Gather(_tile, partition, layer * _columns + _start, copy, _count);
        return copy;
    }

    /// <summary>Where a layer's columns lie in partition 0 if without gaps, else null.</summary>
    private byte* Dense(int layer)
    {
        var runs = new Runs(_tile, 0, layer * _columns + _start, _count);
        return runs.Next(out var address, out var length) && length == _count && _tile.Stride3 == _tile.DType.Size()
            ? address : null;
    }
}
