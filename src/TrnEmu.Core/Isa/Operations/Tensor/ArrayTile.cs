using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>The part of the systolic array that a product takes: rows for its K partitions, columns for its M.</summary>
/// <param name="Row">First row; row r is fed by SBUF partition r.</param>
/// <param name="Column">First column; column c writes PSUM partition c.</param>
/// <param name="Rows">Rows: 128, 64 or 32.</param>
/// <param name="Columns">Columns: 128, 64 or 32.</param>
internal readonly record struct ArrayTile(int Row, int Column, int Rows, int Columns)
{
    /// <summary>All of it.</summary>
    public static readonly ArrayTile Whole = new(0, 0, Limits.Partitions, Limits.Partitions);

    /// <summary>
    /// Bit 4 r + c for each part of 32 x 32 that it takes, of rows 32 r on and columns 32 c on; 0 for all of them.
    /// </summary>
    public ushort Cells
    {
        get
        {
            const int Side = 32;
            const int Sides = Limits.Partitions / Side;
            if (!IsPart) return 0;
            var columns = ((1 << (Columns / Side)) - 1) << (Column / Side);
            var cells = 0;
            for (var r = Row / Side; r < (Row + Rows) / Side; r++) cells |= columns << (Sides * r);
            return (ushort)cells;
        }
    }

    /// <summary>True for a part.</summary>
    public bool IsPart => this != Whole;

    /// <summary>The part that an operation names, or all of it.</summary>
    public static ArrayTile Of((int Row, int Column)? position, (int Rows, int Columns)? size) =>
        position is { } at && size is { } extent ? new(at.Row, at.Column, extent.Rows, extent.Columns) : Whole;
}
