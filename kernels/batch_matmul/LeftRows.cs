using TrnEmu.Kernels.Linear;

namespace TrnEmu.Kernels.BatchMatmul;

/// <summary>
/// Up to 128 rows a[M, K] of HBM, turned so that K lies on partitions, block by block: held where they fit, else loaded
/// and turned again for every use.
/// </summary>
internal sealed class LeftRows(KernelBuilder k, TensorView rows, DType dtype, bool isHeld)
{
    private const int FirstPassThroughGeneration = 3;
    private const int Side = 32;
    private readonly Dictionary<int, TensorView> _held = [];

    /// <summary>The columns of a block: [128, slots, M] in SBUF.</summary>
    public TensorView Block(Chunk columns)
    {
        if (_held.TryGetValue(columns.Index, out var held)) return held;
        var tile = k.Sbuf("rows", dtype, [rows.Shape[0], columns.Length]);
        k.Issue(new DmaCopy(tile, rows[.., columns]));
        var turned = k.Chip.Generation < FirstPassThroughGeneration ? TurnExactly(tile) : TurnedRows.Turn(k, tile);
        if (isHeld) _held[columns.Index] = turned;
        return turned;
    }

    /// <summary>
    /// By the Vector engine, 32 x 32 at a time: the array of generation 2 turns by multiplication, where an Inf or NaN
    /// would reach the products of other rows.
    /// </summary>
    private TensorView TurnExactly(TensorView tile)
    {
        var (count, width) = (tile.Shape[0], tile.Shape[1]);
        int[] shape = [Math.Min(width, Limits.Partitions), (width + Limits.Partitions - 1) / Limits.Partitions, count];
        var turned = k.Sbuf("turned", dtype, shape);
        foreach (var i in Chunk.Each(count, Side))
        {
            foreach (var j in Chunk.Each(width, Side))
            {
                var (slot, first) = Math.DivRem(j.Start, Limits.Partitions);
                k.Issue(new NcTranspose(turned[first..(first + j.Length), slot, i], tile[i, j]), Engine.Vector);
            }
        }

        return turned;
    }
}
