using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>What a chip demands of a tile of the systolic array. Source: nki.isa.nc_matmul, "Tiling mode".</summary>
public static class TileRules
{
    /// <summary>One text has column tiles, the other none.</summary>
    public static readonly Gap ColumnTiles = new(
        "nc_matmul",
        "whether the array has column tiles: the text on tiling mode describes them and an example uses them, "
        + "the text of tile_position and tile_size wants start_column 0 and column_size 128",
        "column tiles, as the text on tiling mode has them");

    /// <summary>Where the operands of a tile lie.</summary>
    public static readonly Gap Wiring = new(
        "nc_matmul",
        "on which partitions the operands of a row tile and the result of a column tile must lie",
        "row r of the array takes SBUF partition r and column c gives PSUM partition c, as the figures of the whole "
        + "array show; operands that lie elsewhere are refused");

    private const int First32Generation = 3;

    /// <summary>
    /// The tile that an operation names with <c>tile_position</c> and <c>tile_size</c>; the whole array where it names
    /// none, or where what it names is refused.
    /// </summary>
    internal static ArrayTile Verify(
        Verifier v, (int Row, int Column)? position, (int Rows, int Columns)? size, bool hasColumns)
    {
        if (position is null && size is null) return ArrayTile.Whole;
        if (position is null || size is null)
        {
            var (given, missing) = position is null ? ("tile_size", "tile_position") : ("tile_position", "tile_size");
            v.Error(TensorCodes.Tile, $"{given} is given without {missing}: tiling takes both or none");
            return ArrayTile.Whole;
        }

        var tile = ArrayTile.Of(position, size);
        var isLegal = Side(v, "row", tile.Row, tile.Rows, isCut: true);
        isLegal &= Side(v, "column", tile.Column, tile.Columns, hasColumns);
        return isLegal ? tile : ArrayTile.Whole;
    }

    /// <summary>K and M fit the tile, and the operands lie where it is wired to.</summary>
    internal static void Fits(
        Verifier v, in ArrayTile tile, in AccessPattern dst, in AccessPattern stationary, in AccessPattern moving)
    {
        if (!tile.IsPart) return;
        if (stationary.Partitions > tile.Rows)
        {
            v.Error(TensorCodes.Tile, $"stationary has {stationary.Partitions} partitions, limit {tile.Rows} (one row "
                + "of the tile for each)");
        }

        Lies(v, "stationary", stationary, "rows", tile.Row, tile.Rows);
        Lies(v, "moving", moving, "rows", tile.Row, tile.Rows);
        Lies(v, "dst", dst, "columns", tile.Column, tile.Columns);
    }

    private static bool Side(Verifier v, string side, int start, int size, bool isCut)
    {
        var smallest = !isCut ? Limits.Partitions : v.Chip.Generation >= First32Generation ? 32 : 64;
        if (size > Limits.Partitions || size < smallest || !int.IsPow2(size))
        {
            var sizes = smallest switch { 32 => "32, 64 or 128", 64 => "64 or 128", _ => "128" };
            var where = isCut ? $" on generation {v.Chip.Generation}" : "";
            v.Error(TensorCodes.Tile, $"{side} size of the tile is {size}, must be {sizes}{where}");
            return false;
        }

        if (start >= 0 && start % size == 0 && start < Limits.Partitions) return true;
        v.Error(TensorCodes.Tile, $"start {side} of the tile is {start}, must be a multiple of the {side} size {size} "
            + $"below {Limits.Partitions}");
        return false;
    }

    /// <summary>Counted from the tensor's start until it has an address.</summary>
    private static void Lies(Verifier v, string name, in AccessPattern p, string side, int first, int count)
    {
        var tensor = v.Program.TensorOf(p);
        var start = p.StartPartition + (tensor.Address?.Partition ?? 0);
        if (start >= first && start + p.Partitions <= first + count) return;
        v.Error(TensorCodes.TilePartitions, $"{name} ({tensor.Name}) lies on partitions {start} to "
            + $"{start + p.Partitions - 1}, {side} {first} to {first + count - 1} of the array are wired to the "
            + "partitions of the same numbers");
    }
}
