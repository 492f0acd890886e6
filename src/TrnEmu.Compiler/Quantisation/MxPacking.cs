namespace TrnEmu.Compiler.Quantisation;

/// <summary>
/// The order in which nc_matmul_mx reads a microscaled matrix: rows 4 r to 4 r + 3 of a column lie beside one another
/// in row r. Rows fill whole quadrants, 32 of 4 rows each; what fills up is zero, with scales of 1.
/// </summary>
public static class MxPacking
{
    private const int Parts = 4;
    private const int Quadrant = 32;
    private const int QuadrantScales = 4;
    private const byte One = 127;

    /// <summary>Packed rows of a matrix of K rows: ceil(K / 128) * 32.</summary>
    public static int Rows(int rows) => Quadrants(rows) * Quadrant;

    /// <summary>The same matrix, packed.</summary>
    /// <param name="matrix">w[K, N], microscaled.</param>
    /// <param name="rows">K.</param>
    /// <param name="columns">N.</param>
    /// <param name="arePairs">True for bytes of two fp4_e2m1, the lower column in the lower half; then so are the
    /// results, the lower row in the lower half.</param>
    /// <returns>Elements [<see cref="Rows"/>, 4 N], of pairs [.., 2 N]; scales [ceil(K / 128) * 4, N].</returns>
    public static QuantisedMatrix Pack(QuantisedMatrix matrix, int rows, int columns, bool arePairs)
    {
        var elements = new byte[Rows(rows) * columns * (arePairs ? Parts / 2 : Parts)];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var place = (row / Parts * columns + column) * Parts + row % Parts;
                if (arePairs) elements[place / 2] |= (byte)(Code(matrix, row, column, columns) << (4 * (place % 2)));
                else elements[place] = matrix.Elements[row * columns + column];
            }
        }

        var scales = new byte[Quadrants(rows) * QuadrantScales * columns];
        Array.Fill(scales, One);
        matrix.Scales.CopyTo(scales, 0);
        return new QuantisedMatrix(elements, scales);
    }

    private static int Quadrants(int rows) => (rows + Quadrant * Parts - 1) / (Quadrant * Parts);

    private static int Code(QuantisedMatrix matrix, int row, int column, int columns) =>
        (matrix.Elements[row * ((columns + 1) / 2) + column / 2] >> (4 * (column % 2))) & 15;
}
