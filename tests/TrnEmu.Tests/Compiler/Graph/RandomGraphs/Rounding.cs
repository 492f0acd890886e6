namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>How a kernel may err.</summary>
/// <param name="IsExact">It does not: it moves or chooses elements, or computes on integers.</param>
/// <param name="Result">Error of each result relative to the largest; at least that of its type is assumed.</param>
/// <param name="Inside">
/// Relative error of what a kernel of two steps keeps between them. It does as much harm as the same error of each element
/// of the operands, which shows what cancels in the second step.
/// </param>
internal readonly record struct Rounding(bool IsExact = false, double Result = 0, double Inside = 0)
{
    /// <summary>No error where a condition holds, else one rounding.</summary>
    public static Rounding NoneIf(bool isExact) => new(isExact);

    /// <summary>No error.</summary>
    public static Rounding None => new(IsExact: true);

    /// <summary>One rounding to the type of the result.</summary>
    public static Rounding Once => new(IsExact: false);
}
