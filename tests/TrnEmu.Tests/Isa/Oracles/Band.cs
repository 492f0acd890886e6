using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>All elements of a dtype from one to another, by value.</summary>
/// <param name="DType">Type of the element.</param>
/// <param name="Low">Bits of the smallest.</param>
/// <param name="High">Bits of the largest.</param>
internal readonly record struct Band(DType DType, uint Low, uint High)
{
    /// <summary>True for the ends and what lies between; -0 lies below +0.</summary>
    public bool Has(uint bits)
    {
        if (bits == Low || bits == High) return true;
        var value = Numbers.Decode(DType, bits);
        return IsBelow(Numbers.Decode(DType, Low), value) && IsBelow(value, Numbers.Decode(DType, High));
    }

    private static bool IsBelow(float x, float y) => x < y || (x == 0 && y == 0 && float.IsNegative(x) && !float.IsNegative(y));
}
