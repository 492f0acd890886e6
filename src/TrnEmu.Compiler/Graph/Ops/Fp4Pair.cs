namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>Bytes of two fp4_e2m1 each, the first in the lower half.</summary>
internal static class Fp4Pair
{
    private static readonly double[] Magnitudes = [0, 0.5, 1, 1.5, 2, 3, 4, 6];

    /// <summary>The number in half 0 or 1 of a byte.</summary>
    public static double Value(int pair, int half)
    {
        var code = (pair >> (4 * half)) & 15;
        return code < 8 ? Magnitudes[code] : -Magnitudes[code - 8];
    }
}
