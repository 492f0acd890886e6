using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// Up to 64 columns of an input, a row for each term of the sums: where they lie if they are 64 and without gaps, else
/// copied, with zeros up to 64.
/// </summary>
internal readonly unsafe ref struct TermRows
{
    private const int RowBytesAtMost = PairRows.Width * sizeof(ushort);

    /// <summary>Columns start to start + count - 1; the scratch is the caller's.</summary>
    public TermRows(in MatmulInputs inputs, in Tile tile, int start, int count, byte* scratch)
    {
        Zeros = scratch;
        Unsafe.InitBlock(Zeros, 0, RowBytesAtMost);
        var (first, second) = (Dense(inputs, tile, 0, start, count), Dense(inputs, tile, inputs.Layers - 1, start, count));
        if (first != 0 && second != 0 && count == PairRows.Width)
        {
            Earlier = (byte*)first;
            Later = (byte*)second;
            Step = tile.PartitionStride;
            if (inputs.Layers != 1) return;
            Later += Step;
            Step *= 2;
        }
        else
        {
            Copy(inputs, tile, start, count, scratch + RowBytesAtMost);
            Earlier = scratch + RowBytesAtMost;
            Later = Earlier + RowBytesAtMost;
            Step = 2 * RowBytesAtMost;
        }
    }

    /// <summary>Term 0; term 2 p lies p steps on.</summary>
    public byte* Earlier { get; }

    /// <summary>Term 1; term 2 p + 1 lies p steps on.</summary>
    public byte* Later { get; }

    /// <summary>Bytes from one pair of terms to the next.</summary>
    public long Step { get; }

    /// <summary>A row of zeros.</summary>
    public byte* Zeros { get; }

    /// <summary>What the rows of that many terms may take, and one of zeros.</summary>
    public static int ScratchBytes(int depth) => (depth + 1) * RowBytesAtMost;

    /// <summary>Where a layer's columns lie in partition 0 if without gaps, else 0.</summary>
    private static nint Dense(in MatmulInputs inputs, in Tile tile, int layer, int start, int count)
    {
        var runs = new Runs(tile, 0, layer * (tile.Elements / inputs.Layers) + start, count);
        return runs.Next(out var address, out var length) && length == count && tile.Stride3 == tile.DType.Size()
            ? (nint)address : 0;
    }

    private static void Copy(in MatmulInputs inputs, in Tile tile, int start, int count, byte* to)
    {
        var columns = tile.Elements / inputs.Layers;
        var bytes = count * tile.DType.Size();
        for (var partition = 0; partition < tile.Partitions; partition++)
        {
            for (var layer = 0; layer < inputs.Layers; layer++, to += RowBytesAtMost)
            {
                RowBytes.Gather(tile, partition, layer * columns + start, to, count);
                Unsafe.InitBlock(to + bytes, 0, (uint)(RowBytesAtMost - bytes));
            }
        }
    }
}
