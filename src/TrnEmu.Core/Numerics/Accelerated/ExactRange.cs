namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// Where the dot-product instruction and fma agree: it takes denormals for 0, fma does not. Let a and b be the smallest
/// biased exponents of the nonzero elements of the operands. Every element is a multiple of 2^(exponent - 127 - 7), so
/// every product, and every sum of such, rounded or not, is a multiple of 2^(a + b - 268): 0 or at least 2^-126, a normal
/// number, if a + b ≥ 142.
/// </summary>
internal static class ExactRange
{
    /// <summary>What an operand has for its least exponent if all its elements are 0.</summary>
    public const int NoElements = 511;

    private const int LeastSum = 142;

    /// <summary>No element is denormal (exponent 0) and no sum can be.</summary>
    public static bool Holds(int a, int b) => a > 0 && b > 0 && a + b >= LeastSum;
}
