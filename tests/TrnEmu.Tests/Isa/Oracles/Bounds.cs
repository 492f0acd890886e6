namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>The ends of a set of accepted values: -0 below +0, and a NaN is both.</summary>
internal static class Bounds
{
    public static (float Low, float High) Of(IReadOnlyList<float> accepted) =>
        (accepted.Aggregate(MathF.Min), accepted.Aggregate(MathF.Max));
}
