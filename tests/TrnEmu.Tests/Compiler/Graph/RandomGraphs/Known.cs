using TrnEmu.Compiler.Graph;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>A tensor of a draft.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsExact">True when the chip must have these very values.</param>
/// <param name="Runs">Its values: the interpreter's, then those of runs in which every node errs.</param>
/// <param name="LastError">Error of the last kernel that computed them: in all runs it may cancel earlier ones.</param>
internal sealed record Known(string Name, TensorType Type, bool IsExact, double[][] Runs, double LastError = 0)
{
    /// <summary>The interpreter's values.</summary>
    public double[] Values => Runs[0];

    /// <summary>The largest magnitude.</summary>
    public double Largest => Values.Length == 0 ? 0 : Values.Max(Math.Abs);

    /// <summary>How far the runs that err are from the interpreter's.</summary>
    public double Deviation => Runs.Skip(1).Max(run => run.Zip(Values, (a, b) => Math.Abs(a - b)).Max());

    /// <summary>How far the chip may be from the interpreter.</summary>
    public double Limit => IsExact ? 0 : 2 * Math.Max(Deviation, LastError);

    /// <summary>Extents.</summary>
    public int[] Shape => [.. Type.Shape];

    /// <summary>Dimensions.</summary>
    public int Rank => Type.Shape.Count;
}
