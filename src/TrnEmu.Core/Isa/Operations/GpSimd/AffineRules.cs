using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>Affine indices over a tile, as iota and affine_select count them.</summary>
public static class AffineRules
{
    /// <summary>A pattern that does not number the elements of the destination.</summary>
    public static readonly DiagnosticCode Pattern = new(
        "TRN2301", "affine pattern", "The index generator counts through up to four [step, num] levels, slowest first, once for each "
        + "element of a partition.",
        "Make the product of the nums the destination's free size.");

    /// <summary>A comparison with 0 that affine_select does not make.</summary>
    public static readonly DiagnosticCode Comparison = new(
        "TRN2302", "comparison", "affine_select compares its index with 0: equal, not_equal, greater, greater_equal, less or "
        + "less_equal.",
        "Use one of these.");

    private const int MaxLevels = 4;

    /// <summary>One to four levels whose nums multiply to the free size of dst.</summary>
    internal static void Verify(Verifier v, in EquatableArray<AffineLevel> pattern, in AccessPattern dst)
    {
        var elements = Int128.One;
        foreach (var level in pattern.Span)
        {
            if (level.Num < 1) v.Error(Pattern, $"pattern has a level of {level.Num} elements, must be at least 1");
            elements *= level.Num;
        }

        if (pattern.Count is < 1 or > MaxLevels)
            v.Error(Pattern, $"pattern has {pattern.Count} levels, limit 1 to {MaxLevels}");
        else if (elements != dst.Free)
            v.Error(Pattern, $"pattern counts {elements} elements, dst has {dst.Free} in each partition");
    }

    /// <summary>The index as the element-wise loops take it; missing outer levels count 1.</summary>
    internal static AffinePattern Index(in EquatableArray<AffineLevel> pattern, int offset, int channelMultiplier)
    {
        var (a, b, c, d) = (Level(pattern, 4), Level(pattern, 3), Level(pattern, 2), Level(pattern, 1));
        return new AffinePattern(
            offset, channelMultiplier, a.Step, a.Num, b.Step, b.Num, c.Step, c.Num, d.Step, d.Num);
    }

    private static AffineLevel Level(in EquatableArray<AffineLevel> pattern, int fromEnd) =>
        fromEnd <= pattern.Count ? pattern[pattern.Count - fromEnd] : new AffineLevel(0, 1);
}
