using TrnEmu.Core.Diagnostics;

namespace TrnEmu;

/// <summary>
/// The first matrix product that a run executed, a corner of its operands with their values. Values are those that the
/// array takes: widened to fp32.
/// </summary>
/// <param name="Core">Core that executed it.</param>
/// <param name="K">Rows of both operands: terms of each sum.</param>
/// <param name="M">Columns of the stationary matrix.</param>
/// <param name="N">Columns of the moving matrix.</param>
/// <param name="Type">Types of the stationary and the moving matrix.</param>
/// <param name="Where">The user's line.</param>
public sealed record MatmulSample(int Core, int K, int M, int N, string Type, SourceSpan Where)
{
    /// <summary>Corner of the stationary matrix, [k][m].</summary>
    public required float[][] Stationary { get; init; }

    /// <summary>Corner of the moving matrix, [k][n].</summary>
    public required float[][] Moving { get; init; }

    /// <summary>The sums of all K terms, [m][n], without what dst held before.</summary>
    public required float[][] Sums { get; init; }
}
