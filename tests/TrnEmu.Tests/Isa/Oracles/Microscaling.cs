using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// MX tensors: four packed elements, the first in the lowest bits, and a scale for each 8 partitions of a packed column.
/// The scales of a quadrant of 32 partitions lie in four partitions of the same quadrant.
/// </summary>
internal static class Microscaling
{
    public const int Packed = 4;
    private const int Bias = 127;
    private const int NoScale = 255;
    private const int Quadrant = 32;
    private const int GroupRows = 8;
    private static readonly double[] Fp4 = [0, 0.5, 1, 1.5, 2, 3, 4, 6];

    /// <summary>The dtype of one packed element; null for fp4, which never stands alone.</summary>
    public static DType? ElementOf(DType packed) => packed switch
    {
        DType.Fp8E4M3FnX4 => DType.Fp8E4M3Fn,
        DType.Fp8E5M2X4 => DType.Fp8E5M2,
        _ => null,
    };

    /// <summary>Row of the scales, from the first scale on, that belongs to a row of the data.</summary>
    public static int ScaleRow(int row) => row / Quadrant * Quadrant + row % Quadrant / GroupRows;

    /// <summary>The value of a packed element.</summary>
    public static double Element(DType packed, uint bits, int place)
    {
        if (ElementOf(packed) is { } dtype) return Numbers.Decode(dtype, bits >> 8 * place & 0xFF);
        var nibble = bits >> 4 * place & 0xF;
        return (nibble < 8 ? 1 : -1) * Fp4[nibble & 7];
    }

    /// <summary>2^(bits - 127), and NaN for all ones.</summary>
    public static double Scale(uint bits) => bits == NoScale ? double.NaN : Math.ScaleB(1, (int)bits - Bias);

    /// <summary>Four numbers in the bits of one packed element.</summary>
    public static uint Pack(DType packed, IEnumerable<double> values) => values
        .Select((v, place) => Numbers.Encode(ElementOf(packed)!.Value, v) << 8 * place)
        .Aggregate((a, b) => a | b);

    /// <summary>[row, column, place]: the exact numbers that data and scales mean together.</summary>
    public static double[,,] Read(OracleMachine machine, in AccessPattern data, in AccessPattern scales)
    {
        var (rows, columns, dtype) = (data.Partitions, (int)data.Free, data.DType);
        var (elements, factors) = (machine.ReadBits(data), machine.ReadBits(scales));
        if (ElementOf(dtype) is { } element)
        {
            machine.Counts.Read(element, [.. elements.SelectMany(bits => Enumerable.Range(0, Packed)
                .Select(place => (float)Element(dtype, bits, place)))]);
        }

        var result = new double[rows, columns, Packed];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                for (var place = 0; place < Packed; place++)
                {
                    result[row, column, place] = Element(dtype, elements[row * columns + column], place)
                        * Scale(factors[ScaleRow(row) * columns + column]);
                }

        return result;
    }
}
