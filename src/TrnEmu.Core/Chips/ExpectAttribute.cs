namespace TrnEmu.Core.Chips;

/// <summary>What the loader accepts for a number of a chip file.</summary>
/// <param name="unit">The unit the file must state.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExpectAttribute(string unit) : Attribute
{
    /// <summary>The unit the file must state.</summary>
    public string Unit { get; } = unit;

    /// <summary>Least value; above 0 for divisors.</summary>
    public double Min { get; init; }

    /// <summary>Greatest value; a second in ns keeps sums over any program within 64 bits of picoseconds.</summary>
    public double Max { get; init; } = 1e9;

    /// <summary>True when a fraction makes no sense.</summary>
    public bool Whole { get; init; }
}
